package io.tanggap.core.measure;

import io.tanggap.core.lifecycle.CaseView;
import io.tanggap.core.problem.Problem;
import io.tanggap.core.problem.Report;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What cases that nobody merged into others contribute: by themselves, and as the problems that they are. */
public final class Told {
    /** The roles in which every case is once. */
    static final List<Role> ROLES = List.of(Role.TERRITORY, Role.HOLDER);

    private Told() {}

    public static Map<Cell, Tally> of(CaseView view) {
        Map<Cell, Tally> cells = new HashMap<>(Contributions.of(view));
        Problem problem = problem(view);
        if (problem != null) {
            Contributions.of(problem, view.zone(), view.curvesAsOf())
                    .forEach((cell, tally) -> cells.merge(cell, tally, Tally::plus));
        }
        return cells;
    }

    /** Null for what goes on in another case. */
    static @Nullable Problem problem(CaseView view) {
        return Problem.of(view.caseId(), Report.of(view), List.of());
    }

    /** Under the rules in which every case is once: the place, and the competent party. */
    public static Tally sum(Collection<CaseView> views, Role role, Predicate<Cell> wanted) {
        TallySum sum = new TallySum();
        for (CaseView view : views) {
            of(view).forEach((cell, tally) -> {
                if (isOnce(cell, role) && wanted.test(cell)) {
                    sum.add(tally);
                }
            });
        }
        return sum.toTally();
    }

    static Snapshot snapshot(Collection<CaseView> views, Role role, ZoneId zone, Instant asOf) {
        Snapshot sum = new Snapshot();
        for (CaseView view : views) {
            of(view).forEach((cell, tally) -> {
                if (isOnce(cell, role)) {
                    sum.add(tally, Day.of(cell.day(), zone), asOf);
                }
            });
        }
        return sum;
    }

    public static boolean isOnce(Cell cell, Role role) {
        return cell.role() == role && (cell.rule() == Rule.CROP || cell.rule() == Rule.CRM);
    }
}
