"""The only room that speaks SQL: project file, migrations, history. Knows: model, text."""
