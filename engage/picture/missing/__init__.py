"""Children who are missing, who are back, and who were missing together: from the events that agencies recorded of it, as they were
known on a day, and from what people wrote down that they checked. It never says how much at risk somebody is, and where no record
says that a child is back it says that, and not that the child is still away."""
