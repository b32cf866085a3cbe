"""How is a chart written for other programs?"""
