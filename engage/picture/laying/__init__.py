"""How is the picture of each person laid out from the exchange tables and the persons that identities found?"""
