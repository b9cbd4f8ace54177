"""Everything of HTML that pages share: safe texts, marked words, the graph of steps, templates (PRE-20)."""
