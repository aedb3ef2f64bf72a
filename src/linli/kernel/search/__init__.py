"""Search's door: ``draft`` and ``index`` a document, ``forget`` it, ``search`` among what a person may see."""
