"""Where and when do children go missing, where are they found, and where do concerns and places of concern lie? By area, by place and by month.

In come the area's own boundaries, and records row by row as one viewer may see them; out go counts that open to these records, and a version without names in
which small counts are kept back. It says where records are, not where harm is: nobody is counted who was not recorded, and more is recorded where more is looked for.
"""
