"""Files in and out: every problem of every file at once, each with its line, its column and its remedy.

================  =================================================================================
module            what it holds
================  =================================================================================
queue             `load_queue`, `read_queue`: all files of one routing job, and the policy, together
readers           `read_cases`, `read_specialists`, `read_accounts`: one table from one file
settings_file     `read_settings`, `default_settings_yaml`: the policy file
checks            `check_queue`: what only the tables together can show
crm_map, starter  `load_map`, `starter_map`: another system's export, read as ours
writers           `write_table`: CSV, JSON and Parquet
rows              `case_row`, `specialist_row`, `account_row`: domain objects as CSV cells
================  =================================================================================
"""
