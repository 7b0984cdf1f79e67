"""Figures as coloured characters: polygons become cells, and each cell knows which zone it belongs to."""
