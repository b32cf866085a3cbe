"""How the forms of casework are asked on a page and how what was answered is shown. Which questions there are stands in files; here is only how they look."""
