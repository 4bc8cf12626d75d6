"""Drops are collected, unsealed, put in order of haste, and become reports."""
