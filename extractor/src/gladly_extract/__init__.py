"""Pulls raw extracts from Gladly into the folder that the dbt project reads.

Modules
-------
``settings``  what the environment says
``problems``  what can go wrong, in sentences, and exit codes
``clock``     the time here and at Gladly
``pace``      requests a second, reports a minute, reports at once
``bodies``    whether a response is what it should be, and whole
``client``    one request, with retries
``names``     names of extract files, and what they say
``folder``    files that appear whole or not at all; ``bucket`` the same in S3
``ledger``    what the folder holds, in SQLite, rebuilt from the folder when missing
``findings``  what a file says about ids, contacts and answers
``doubts``    which ids need a proof
``windows``   which days of a report are due
``reports``   the reports, and how long each restates its past
``plan``      all that is due, counted
``steps``     the pulls themselves
``run``       a pull from beginning to end
``results``   what came of it, for people and machines
``check``     what the user may read, and what will be missing
``cli``       the command ``gladly-extract``
"""
