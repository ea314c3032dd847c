"""Results for people and programs: tables for the terminal, rows for files, documents for JSON.

==============  ====================================================================================
module          what it holds
==============  ====================================================================================
console         the two consoles: answers on stdout, everything else on stderr
findings        what is wrong with the files
assignment      the assignment as rows, as a summary and as a table
explanation     one case explained
insight         what the queue as a whole is short of
comparison      how other policies would have done
progress        the gap closing while a long solve runs
documents       JSON documents of all of these
==============  ====================================================================================
"""
