"""JSON Schemas for editors, made from the shapes of our files and the records (EDT-1 to EDT-9). Pure."""

from __future__ import annotations
