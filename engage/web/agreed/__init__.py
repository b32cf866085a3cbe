"""Pages of agreed actions: lists by person, agency, case and meeting, one action with what was said of it, and a new one."""
