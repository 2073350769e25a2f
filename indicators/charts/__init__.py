"""Charts: tables in, a figure out, with its text, its data and its source line. No figure is computed here that a methods note would name.

A chart is one module. `data(tables)` selects the rows that are drawn, `words(frame, labels)` composes the text in one language, and
`draw(frame, text)` draws; `CHART` declares them, and `registry` collects the declarations. Titles state the finding and are composed from
the data, so they change when the data change. Whatever a colour says, a shape, a dash or a word says too, so grey print loses nothing.

`selection` and `phrases` hold what several charts share; `drawing` holds layout, colours and files, and is the only part that needs
matplotlib.
"""
