package io.tanggap.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of edge cases is complete: every number has its test, and no number two. */
class EdgeCasesTest {
    private static final List<Class<?>> TESTS = List.of(
            CalendarEdgesTest.class,
            PauseEdgesTest.class,
            ReopeningEdgesTest.class,
            ResponseEdgesTest.class,
            HandoverEdgesTest.class,
            BreachEdgesTest.class,
            DataEdgesTest.class,
            LateNewsEdgesTest.class);

    @Test
    void everyEdgeCaseHasOneTest() {
        assertThat(edges().map(Edge::number))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 80).boxed().toList());
    }

    @Test
    void everyEdgeCaseSaysWhereItWasFound() {
        assertThat(edges().map(Edge::source)).noneMatch(String::isBlank);
    }

    @Test
    void theNameOfATestSaysItsNumberAndWhereTheMistakeWasFound() throws NoSuchMethodException {
        Method test = CalendarEdgesTest.class.getDeclaredMethod("aBreakAtNoonIsNotWorked");

        assertThat(new Edge.Names().generateDisplayNameForMethod(List.of(), CalendarEdgesTest.class, test))
                .startsWith("6 a break at noon is not worked (https://github.com/chatwoot/");
    }

    private static Stream<Edge> edges() {
        return TESTS.stream()
                .flatMap(test -> Arrays.stream(test.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Edge.class))
                .map(method -> method.getAnnotation(Edge.class));
    }
}
