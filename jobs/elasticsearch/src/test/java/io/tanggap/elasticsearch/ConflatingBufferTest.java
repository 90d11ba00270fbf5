package io.tanggap.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tanggap.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConflatingBufferTest {
    private final ConflatingBuffer buffer = new ConflatingBuffer();

    @Test
    void aNewerVersionTakesThePlaceOfTheOlderOneInTheQueue() {
        buffer.add(document("a", 1));
        buffer.add(document("b", 1));
        assertThat(buffer.add(document("a", 2))).isEqualTo(document("a", 1));
        assertThat(buffer.take(10, Long.MAX_VALUE)).containsExactly(document("a", 2), document("b", 1));
    }

    @Test
    void anOlderOrEqualVersionGivesWay() {
        buffer.add(document("a", 5));
        assertThat(buffer.add(document("a", 4))).isEqualTo(document("a", 4));
        assertThat(buffer.add(document("a", 5))).isEqualTo(document("a", 5));
        assertThat(buffer.size()).isEqualTo(1);
    }

    @Test
    void aRetriedVersionDoesNotOverwriteANewerOneNorStandTwice() {
        buffer.add(document("x", 1));
        buffer.add(document("a", 2));
        assertThat(buffer.putBack(document("a", 1))).isEqualTo(document("a", 1));
        assertThat(buffer.putBack(document("b", 1))).isNull();
        assertThat(buffer.take(10, Long.MAX_VALUE))
                .containsExactly(document("b", 1), document("x", 1), document("a", 2));
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void theSameIdInAnotherIndexIsAnotherDocument() {
        buffer.add(document("a", 1));
        assertThat(buffer.add(new BufferedDocument(new DocumentWrite("other", "a", 2, new byte[1]), false)))
                .isNull();
    }

    @Test
    void aDocumentLargerThanTheLimitGoesAlone() {
        buffer.add(new BufferedDocument(new DocumentWrite("cases", "large", 1, new byte[5_000]), false));
        buffer.add(document("small", 1));
        assertThat(buffer.take(10, 1_000)).hasSize(1);
        assertThat(buffer.take(10, 1_000)).containsExactly(document("small", 1));
    }

    /** Against a plain map and a recount, whatever the order of operations. */
    @Test
    void keepsTheHighestVersionAndTheSumOfSizesUnderAnyOperations() {
        Random random = new Random(Seeds.seed());
        Map<String, Long> highest = new HashMap<>();
        List<BufferedDocument> taken = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            int choice = random.nextInt(10);
            if (choice < 6) {
                BufferedDocument document = new BufferedDocument(
                        new DocumentWrite(
                                "cases",
                                Integer.toString(random.nextInt(50)),
                                random.nextInt(1_000),
                                new byte[random.nextInt(100)]),
                        false);
                buffer.add(document);
                highest.merge(document.write().id(), document.write().version(), Math::max);
            } else if (choice < 8 && !taken.isEmpty()) {
                BufferedDocument again = taken.remove(random.nextInt(taken.size()));
                buffer.putBack(again);
                highest.merge(again.write().id(), again.write().version(), Math::max);
            } else {
                for (BufferedDocument document : buffer.take(random.nextInt(5), random.nextInt(500))) {
                    assertThat(document.write().version())
                            .isEqualTo(highest.remove(document.write().id()));
                    taken.add(document);
                }
            }
            List<BufferedDocument> all = buffer.toList();
            assertThat(all).extracting(BufferedDocument::key).doesNotHaveDuplicates();
            assertThat(buffer.size()).isEqualTo(all.size()).isEqualTo(highest.size());
            assertThat(buffer.sizeBytes())
                    .isEqualTo(all.stream()
                            .mapToLong(document -> document.write().sizeBytes())
                            .sum());
        }
    }

    private static BufferedDocument document(String id, long version) {
        return new BufferedDocument(new DocumentWrite("cases", id, version, new byte[] {'{', '}'}), false);
    }
}
