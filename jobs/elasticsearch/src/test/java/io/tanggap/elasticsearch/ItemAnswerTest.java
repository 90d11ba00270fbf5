package io.tanggap.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemAnswerTest {
    @ParameterizedTest
    @CsvSource({
        "200, INDEXED",
        "201, INDEXED",
        "409, STALE",
        "429, RETRY",
        "408, RETRY",
        "500, RETRY",
        "503, RETRY",
        "400, REJECTED",
        "404, REJECTED",
        "413, REJECTED",
        "401, FORBIDDEN",
        "403, FORBIDDEN"
    })
    void theStatusSaysWhatFollows(int status, ItemAnswer.Outcome outcome) {
        assertThat(new ItemAnswer(status, "", "").outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "404, index_not_found_exception, no such index",
        "400, index_closed_exception, closed",
        "403, cluster_block_exception, blocked",
        "400, illegal_argument_exception, no write index is defined for alias [tanggap-cases]"
    })
    void aFaultOfTheIndexIsNotOneOfTheDocument(int status, String type, String reason) {
        assertThat(new ItemAnswer(status, type, reason).outcome()).isEqualTo(ItemAnswer.Outcome.FORBIDDEN);
    }
}
