"""Telling people: after a run, what changed goes by mail, chat or signed webhook to whom it concerns.

    config = load_file(Path("notify.toml"))
    enlist(config, folder, clock())                    # before the run: it may be killed
    for sent in after_run(snapshots, config, done, now=clock):
        print(sent)

A change of state is told once; a run without one tells nothing.
"""
