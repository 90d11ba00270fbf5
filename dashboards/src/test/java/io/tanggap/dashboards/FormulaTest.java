package io.tanggap.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tanggap.dashboards.Formula.Aggregation;
import io.tanggap.dashboards.Formula.Constant;
import io.tanggap.dashboards.Formula.Function;
import io.tanggap.dashboards.Formula.Operation;
import io.tanggap.dashboards.Formula.Operator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
    @Test
    void aShareIsASumOfASum() {
        Formula share = Formula.of("sum(counts.due_met) / (sum(counts.due_met) + sum(counts.due_missed))");
        Aggregation met = new Aggregation(Function.SUM, "counts.due_met", null);
        Aggregation missed = new Aggregation(Function.SUM, "counts.due_missed", null);
        assertThat(share).isEqualTo(new Operation(Operator.DIVIDE, met, new Operation(Operator.ADD, met, missed)));
        assertThat(share.aggregations()).containsExactly(met, met, missed);
    }

    @Test
    void productsBindCloserThanSumsAndBothFromTheLeft() {
        Formula one = new Constant(1);
        Formula two = new Constant(2);
        assertThat(Formula.of("1 - 2 - 1"))
                .isEqualTo(new Operation(Operator.SUBTRACT, new Operation(Operator.SUBTRACT, one, two), one));
        assertThat(Formula.of("1 + 2 * 1"))
                .isEqualTo(new Operation(Operator.ADD, one, new Operation(Operator.MULTIPLY, two, one)));
    }

    @Test
    void aConditionNarrowsOneAggregation() {
        assertThat(Formula.of("count('overdue:true AND level:city')"))
                .isEqualTo(new Aggregation(Function.COUNT, null, "overdue:true AND level:city"));
        assertThat(Formula.of("max(n, 'rule:CRM')")).isEqualTo(new Aggregation(Function.MAX, "n", "rule:CRM"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mean(n) | no aggregation is named mean",
                "sum(n | expected )",
                "count() + | expected an aggregation",
                "count() count() | expected the end",
                "count('open:true) | the quote is not closed",
                "sum() | has no field"
            })
    void whatIsNoFormulaSaysWhereAndWhy(String text, String why) {
        assertThatThrownBy(() -> Formula.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
