package io.tanggap.dashboards;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a panel computes of documents: aggregations of fields, joined by arithmetic. A share is written as what it is,
 * {@code sum(counts.due_met) / (sum(counts.due_met) + sum(counts.due_missed_late))}, so that it adds up over whatever is
 * selected. A condition in quotes, in Lucene's syntax, narrows one aggregation: {@code count('overdue:true')}.
 */
sealed interface Formula {
    /** An aggregation of one field, or the number of documents. */
    record Aggregation(
            Function function,
            @Nullable String field,
            @Nullable String where) implements Formula {
        public Aggregation {
            if ((field == null) != (function == Function.COUNT)) {
                throw new IllegalArgumentException(
                        function.text() + (field == null ? " has no field" : " has a field, " + field)
                                + ": count has none, all others one");
            }
        }
    }

    /** Two formulas and what joins them. */
    record Operation(Operator operator, Formula left, Formula right) implements Formula {}

    /** A constant. */
    record Constant(double value) implements Formula {}

    /** How a field is aggregated. */
    enum Function {
        COUNT,
        SUM,
        MAX,
        MIN,
        /** The number of distinct values, approximately. */
        CARDINALITY;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Arithmetic, by the names that Kibana has for it. */
    enum Operator {
        ADD('+'),
        SUBTRACT('-'),
        MULTIPLY('*'),
        DIVIDE('/');

        private final char sign;

        Operator(char sign) {
            this.sign = sign;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static @Nullable Operator of(char sign) {
            for (Operator operator : values()) {
                if (operator.sign == sign) {
                    return operator;
                }
            }
            return null;
        }
    }

    /** Its aggregations, from left to right. */
    default List<Aggregation> aggregations() {
        List<Aggregation> found = new ArrayList<>();
        collect(this, found);
        return found;
    }

    private static void collect(Formula formula, List<Aggregation> found) {
        if (formula instanceof Aggregation aggregation) {
            found.add(aggregation);
        } else if (formula instanceof Operation operation) {
            collect(operation.left(), found);
            collect(operation.right(), found);
        }
    }

    /**
     * The formula of a text.
     *
     * @throws IllegalArgumentException if it is none; the message says where it stops being one
     */
    static Formula of(String text) {
        Reader reader = new Reader(text);
        Formula formula = reader.sum();
        reader.end();
        return formula;
    }

    /** Reads a text from left to right. */
    final class Reader {
        private final String text;
        private int at;

        private Reader(String text) {
            this.text = text;
        }

        private Formula sum() {
            Formula left = product();
            while (true) {
                Operator operator = Operator.of(peek());
                if (operator != Operator.ADD && operator != Operator.SUBTRACT) {
                    return left;
                }
                at++;
                left = new Operation(requireNonNull(operator), left, product());
            }
        }

        private Formula product() {
            Formula left = factor();
            while (true) {
                Operator operator = Operator.of(peek());
                if (operator != Operator.MULTIPLY && operator != Operator.DIVIDE) {
                    return left;
                }
                at++;
                left = new Operation(requireNonNull(operator), left, factor());
            }
        }

        private Formula factor() {
            if (peek() == '(') {
                at++;
                Formula inner = sum();
                take(')');
                return inner;
            }
            String word = word();
            if (word.isEmpty()) {
                throw wrong("expected an aggregation, a number or a bracket");
            }
            if (Character.isDigit(word.charAt(0))) {
                return new Constant(Double.parseDouble(word));
            }
            return aggregation(word);
        }

        private Formula aggregation(String name) {
            Function function;
            try {
                function = Function.valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw wrong("no aggregation is named " + name);
            }
            take('(');
            String field = peek() == '\'' || peek() == ')' ? null : word();
            if (field != null && peek() == ',') {
                at++;
            }
            String where = peek() == '\'' ? quoted() : null;
            take(')');
            return new Aggregation(function, field, where);
        }

        private String quoted() {
            int end = text.indexOf('\'', at + 1);
            if (end < 0) {
                throw wrong("the quote is not closed");
            }
            String quoted = text.substring(at + 1, end);
            at = end + 1;
            return quoted;
        }

        private String word() {
            peek();
            int start = at;
            while (at < text.length()
                    && (Character.isLetterOrDigit(text.charAt(at)) || "._".indexOf(text.charAt(at)) >= 0)) {
                at++;
            }
            return text.substring(start, at);
        }

        /** The next character that is no space, or a zero at the end. */
        private char peek() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }

        private void take(char wanted) {
            if (peek() != wanted) {
                throw wrong("expected " + wanted);
            }
            at++;
        }

        private void end() {
            if (peek() != 0) {
                throw wrong("expected the end");
            }
        }

        private IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException("formula " + text + ", column " + (at + 1) + ": " + what);
        }
    }
}
