package io.tanggap.core.lifecycle;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The test of an edge case of the domain that another system got wrong. What is expected follows from the rules of the
 * domain and the reported mistake, and was worked out by hand.
 */
@Test
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Edge {
    /** The number in the list of edge cases. */
    int number();

    /** Where the mistake was reported, or the rule written down. */
    String source();

    /** Shows the number, the sentence that the method's name is, and the source. */
    final class Names extends DisplayNameGenerator.Standard {
        @Override
        public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> testClass, Method testMethod) {
            Edge edge = testMethod.getAnnotation(Edge.class);
            String sentence =
                    testMethod.getName().replaceAll("([A-Z]|\\d+)", " $1").toLowerCase(Locale.ROOT);
            return edge == null ? sentence : edge.number() + " " + sentence + " (" + edge.source() + ")";
        }
    }
}
