from datetime import date

import pytest

from secondsource.match.days import written, years
from secondsource.match.event import misdated
from secondsource.match.words import read_words


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on Saturday and Sunday 4-5 July 2015", date(2015, 7, 4), date(2015, 7, 5)),
        ("on July 4, 2015 near Orvel", date(2015, 7, 4), date(2015, 7, 4)),
        ("in August 2016 over 30 people fell ill", date(2016, 8, 1), date(2016, 8, 31)),
    ],
)
def test_a_date_written_out_is_read_whole(text, first, last):
    assert written(read_words(text)) == (first, last)


def test_a_weekday_alone_is_no_date():
    assert written(read_words("The bridge fell on Tuesday.")) is None


def test_years_go_by_the_word_that_leads_to_them():
    told = years(read_words("Under siege since 2012, it asked for help in May 2014."))
    assert told["since"] == {2012}
    assert told["in"] == {2014}


def test_one_part_of_a_date_may_be_wrong_but_not_two():
    told = [date(2015, 2, 2)]
    assert misdated((date(2013, 2, 1), date(2013, 2, 1)), told)
    assert misdated((date(2015, 5, 1), date(2015, 5, 1)), told)
    assert not misdated((date(2013, 5, 17), date(2013, 5, 17)), told)
