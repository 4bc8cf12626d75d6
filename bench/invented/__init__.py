"""Invents a register and reports about it, the same for the same seed: what linking is measured on without real data.

Nobody here is meant to be anybody. Names are common words of sixteen name cultures put together by chance, towns are
made up, and what could ring, be delivered or be stopped cannot exist:

- telephone numbers are Ofcom's numbers for drama (07700 900000 to 900999, shared by many as there are only a thousand)
  or begin 06, a range that the National Telephone Numbering Plan leaves unassigned;
- plates hold what DVLA never issues (INF104): a memory tag with I, Q or Z, a year letter I, O, U or Z on older ones,
  a Q at the end of the letters of a dateless one;
- postcodes begin with Q or V, letters with which no postcode area begins.
"""
