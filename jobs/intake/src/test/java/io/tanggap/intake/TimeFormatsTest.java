package io.tanggap.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.core.complaint.TimeNote;
import io.tanggap.intake.TimeFormats.Moment;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatsTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final TimeFormats FORMATS =
            TimeFormats.of(List.of("yyyy-MM-dd HH:mm:ss", "d/M/yyyy h:mm a", "yyyy-MM-dd", "iso"), NEW_YORK);

    private static Moment moment(String text, Instant start) {
        return FORMATS.read(text).orElseThrow().placed(start);
    }

    @ParameterizedTest
    @CsvSource({
        "2011-07-01 01:32:33,      2011-07-01T05:32:33Z, EXACT",
        "5/3/2011 1:05 pm,         2011-03-05T18:05:00Z, EXACT",
        "2011-07-01,               2011-07-01T04:00:00Z, EXACT",
        "2011-07-01T01:32:33+02:00,2011-06-30T23:32:33Z, EXACT",
        "2011-07-01T01:32:33.5Z,   2011-07-01T01:32:33.500Z, EXACT",
        "2011-07-01T01:32-0700,    2011-07-01T08:32:00Z, EXACT",
        "2011-07-01 01:32+07,      2011-06-30T18:32:00Z, EXACT",
        "2011-11-06T01:30:00-05:00,2011-11-06T06:30:00Z, EXACT",
        "2011-11-06 01:30:00,      2011-11-06T05:30:00Z, REPEATED_HOUR",
        "2011-03-13 02:30:00,      2011-03-13T07:30:00Z, GAP"
    })
    void aTimeIsReadAsItIsMeant(String text, Instant instant, TimeNote note) {
        assertThat(moment(text, null)).isEqualTo(new Moment(instant, note));
    }

    @ParameterizedTest
    @CsvSource({
        "epoch-seconds, 1309498353,    2011-07-01T05:32:33Z",
        "epoch-seconds, 0,             1970-01-01T00:00:00Z",
        "epoch-millis,  1309498353250, 2011-07-01T05:32:33.250Z",
        "epoch-millis,  1000,          1970-01-01T00:00:01Z"
    })
    void aCountSinceTheEpochIsAnInstantInEveryZone(String format, String text, Instant instant) {
        TimeFormats formats = TimeFormats.of(List.of(format), NEW_YORK);

        assertThat(formats.read(text).orElseThrow().placed(null)).isEqualTo(new Moment(instant, TimeNote.EXACT));
        assertThat(formats.read("-" + text)).isEmpty();
        assertThat(formats.read(text + ".5")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2011-02-31 00:00:00", "2011-07-01 24:00:00", "31.12.2011", "0000-01-01 00:00:00", "soon", "2011"
            })
    void whatIsNoTimeIsNotRead(String text) {
        assertThat(FORMATS.read(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2011-07-01,          2011-07-02T03:59:59.999Z",
        // The days on which clocks change have 25 and 23 hours.
        "2011-11-06,          2011-11-07T04:59:59.999Z",
        "2011-03-13,          2011-03-14T03:59:59.999Z",
        "2011-07-01 00:00:00, 2011-07-01T04:00:00Z"
    })
    void aDueDayLastsToItsEndAndADueTimeIsItself(String text, Instant due) {
        assertThat(FORMATS.read(text).orElseThrow().due(null)).isEqualTo(due);
    }

    @Test
    void anEndInTheRepeatedHourIsNotBeforeItsStart() {
        Instant start = Instant.parse("2011-11-06T06:10:00Z");

        assertThat(moment("2011-11-06 01:30:00", start).instant()).isEqualTo(Instant.parse("2011-11-06T06:30:00Z"));
        assertThat(moment("2011-11-06 01:05:00", start).instant())
                .as("before the start with either offset")
                .isEqualTo(Instant.parse("2011-11-06T05:05:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HH:mm", "yyyy-MM", "yyyy-MM-dd hh:mm", "yyyy-MM-dd bb", "yyyy-'T"})
    void aPatternThatFixesNoInstantIsRefused(String pattern) {
        assertThatThrownBy(() -> TimeFormats.formatter(pattern)).isInstanceOf(IllegalArgumentException.class);
    }
}
