"""Fitting a model of memory to one student: what is read, the derivatives of each model, the solver, the recipe."""
