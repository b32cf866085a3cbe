"""How are the tables of guards.sqlite3 laid out? They are a build's, as the derived tables are, but only asked by record."""

from __future__ import annotations


BASE = "create table base (base integer primary key, kind text, agency text, handling text, sensitivity text, cohort text)"
VERSION = """create table version (record_id text, version integer, since text, base integer, file text, source_id text, received_on text,
    primary key (record_id, version)) without rowid"""
PARTS = "create table parts (record_id text primary key, parts text) without rowid"
