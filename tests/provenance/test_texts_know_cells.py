"""A text or an amount that knows its cell goes on knowing it, in another process too."""

import pickle
from decimal import Decimal

from perfgen.provenance.marks import Traced, TracedDecimal


def test_a_text_and_an_amount_that_travel_know_their_sources():
    text = "共" + Traced.of("3家", 7)
    amount = TracedDecimal.of(Decimal("12.50"), 8)

    text_again, amount_again = pickle.loads(pickle.dumps((text, amount)))

    assert (text_again, text_again.pieces) == ("共3家", ((1, None), (2, 7)))
    assert (str(amount_again), amount_again.source) == ("12.50", 8)
