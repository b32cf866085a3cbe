"""Which kinds of meeting there are, as data: the product's files, and what an area adds or puts in the place of one."""
