package io.tanggap.core.complaint;

import io.tanggap.core.complaint.Redaction.Finder;
import io.tanggap.core.complaint.Redaction.Kind;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Identity, telephone and account numbers in a text. Groups of digits with nothing but separators between them are one run;
 * a number may begin at any group of a run and, once it is long enough, takes what is left of the run: digits that trail a
 * telephone number are more often its own than not.
 *
 * <p>Linear: a start looks at no more groups than make {@value #IDENTITY_DIGITS} digits, or takes them out of the run.
 */
final class PersonalNumbers {
    /** Digits of a NIK and of a KK: area 6, date 6, serial 4 (as Business::ID::NIK of CPAN reads it). */
    private static final int IDENTITY_DIGITS = 16;

    /** A complete national number is at least this long: 0, area code of two or three digits, five of a subscriber. */
    private static final int NATIONAL_DIGITS = 9;

    /** After a word for telephone or bank account, short numbers count too; emergency and service numbers stay. */
    private static final int CUED_DIGITS = 6;

    /** Characters between two groups of one run: chosen; three with a blank on each side of two of them. */
    private static final int GAP = 6;

    private static final String SEPARATORS = " \n-.,/()_:;*'\"|~=+\\[]{}<>&";

    /** How far before a run its cue may begin: chosen, four short words. */
    private static final int CUE_REACH = 40;

    private static final String CUE_WORDS =
            "(?:[ \\n.:,=#()/+'-]|(?<![a-z])(?:no|nomor|nomer|number|id|saya|kami|aku|sy|ini|me|my|is|adalah|di|ke|at|on|us"
                    + "|bank|rek|rekening|tabungan|kantor|aktif|yang)(?![a-z])){0,12}\\z";

    private static final Pattern TELEPHONE_CUE = Pattern.compile(
            "(?i)(?<![a-z])(?:hp|h\\.p|no ?hp|wa|whatsapp|telp|tlp|telpon|telepon|telephone|tel|phone|sms|call|hubungi|kontak"
                    + "|contact|ponsel|handphone|fax|faks)(?![a-z])" + CUE_WORDS);

    private static final Pattern ACCOUNT_CUE = Pattern.compile(
            "(?i)(?<![a-z])(?:rek|rekening|norek|a/c|acc|account|virtual account|va|bca|bri|bni|mandiri|bsi|btn|cimb|niaga"
                    + "|danamon|permata|muamalat|jago|gopay|ovo|shopeepay)(?![a-z])" + CUE_WORDS);

    private static final Pattern CASE_CUE = Pattern.compile(
            "(?i)(?<![a-z])(?:tiket|ticket|laporan|aduan|pengaduan|kasus|case|report|request|incident)(?![a-z])"
                    + "(?:[ .:=#]|(?<![a-z])(?:no|nomor|nomer|number|id)(?![a-z])){0,6}\\z");

    private static final Pattern AMOUNT_CUE = Pattern.compile("(?i)(?:(?<![a-z])(?:rp|idr|usd)\\.?|\\$)[ \\n]{0,2}\\z");

    private final FoldedText text;
    private final Finder finder;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int groups;

    private PersonalNumbers(FoldedText text, Finder finder) {
        this.text = text;
        this.finder = finder;
    }

    static void find(FoldedText text, Finder finder) {
        PersonalNumbers numbers = new PersonalNumbers(text, finder);
        numbers.collectGroups();
        numbers.leaveOutDatesAndPlaces();
        numbers.find();
    }

    private void collectGroups() {
        for (int at = 0; at < text.length(); at++) {
            if (text.isDigit(at)) {
                int start = at;
                while (text.isDigit(at)) {
                    at++;
                }
                if (groups == starts.length) {
                    starts = Arrays.copyOf(starts, groups * 2);
                    ends = Arrays.copyOf(ends, groups * 2);
                }
                starts[groups] = start;
                ends[groups++] = at;
            }
        }
    }

    /** Dates with a year, and coordinates, that stand by themselves are no part of any run. */
    private void leaveOutDatesAndPlaces() {
        int kept = 0;
        int group = 0;
        int[] keptStarts = new int[groups];
        int[] keptEnds = new int[groups];
        while (group < groups) {
            int last = Math.max(lastOfDateApart(group), lastOfCoordinates(group));
            if (last > group) {
                group = last + 1;
            } else {
                keptStarts[kept] = starts[group];
                keptEnds[kept++] = ends[group++];
            }
        }
        starts = keptStarts;
        ends = keptEnds;
        groups = kept;
    }

    private int lastOfDateApart(int group) {
        int last = lastOfDate(group);
        boolean apart = last >= 0
                && (isYear(group) || isYear(last))
                && (group == 0 || !linked(group - 1, "-/.:_") || isDateEndingAt(group - 1))
                && (!linked(last, "-/.:_") || lastOfDate(last + 1) >= 0);
        return apart ? last : -1;
    }

    private boolean isDateEndingAt(int group) {
        return group >= 2 && lastOfDate(group - 2) == group;
    }

    private void find() {
        int group = 0;
        while (group < groups) {
            int kept = lastKept(group);
            if (kept >= group) {
                group = kept + 1;
                continue;
            }
            int plain = lastPlain(group);
            Kind kind = kindAt(group);
            if (kind == null || (!isCertain(group, kind) && startsAfter(plain, group, kind))) {
                group = Math.max(plain, group) + 1;
                continue;
            }
            int last = lastTaken(group, kind);
            if (last <= plain && !isCertain(group, kind)) {
                group = plain + 1;
            } else {
                finder.found(firstCharacter(group, last), ends[last], kind);
                group = last + 1;
            }
        }
    }

    /** Whether it is a personal number even if it could be read as times, years and amounts. */
    private boolean isCertain(int group, Kind kind) {
        return kind == Kind.NIK && hasLayoutOfIdentity(group);
    }

    /** Whether the digits only looked like an identity number because a year or an amount stands before a telephone number. */
    private boolean startsAfter(int plain, int group, Kind kind) {
        return kind == Kind.NIK && plain >= group && joined(plain + 1) && isTelephone(plain + 1);
    }

    /** What personal number begins at a group, or null. */
    private @Nullable Kind kindAt(int group) {
        if (!joined(group) && cued(ACCOUNT_CUE, group) && digitsFrom(group, CUED_DIGITS) >= CUED_DIGITS) {
            return Kind.ACCOUNT;
        }
        boolean dialled = isDialled(group);
        if (size(group) >= IDENTITY_DIGITS || (!dialled && isIdentity(group))) {
            return Kind.NIK;
        }
        if (isTelephone(group)) {
            return Kind.PHONE;
        }
        return dialled && isIdentity(group) ? Kind.NIK : null;
    }

    /** Whether a group begins as only telephone numbers do. */
    private boolean isDialled(int group) {
        return text.charAt(starts[group]) == '0' || plusBefore(starts[group]) >= 0;
    }

    private boolean isClearlyPersonal(int group) {
        return isTelephone(group) || (isIdentity(group) && hasLayoutOfIdentity(group));
    }

    private boolean isTelephone(int group) {
        int digits = leastDigitsOfTelephone(group);
        return digits > 0 && digitsFrom(group, digits) >= digits;
    }

    private boolean isIdentity(int group) {
        int digits = 0;
        int last = group;
        while (true) {
            digits += size(last);
            if (digits >= IDENTITY_DIGITS || !joined(last + 1)) {
                break;
            }
            last++;
        }
        return digits == IDENTITY_DIGITS || (digits > IDENTITY_DIGITS && hasLayoutOfIdentity(group));
    }

    /**
     * Whether the digits from a group on begin with a province, a regency, a district and a date, ddmmyy with 40 added to
     * the day for women: certain, even if there is a digit too many.
     */
    private boolean hasLayoutOfIdentity(int group) {
        String digits = digits(group, 12);
        int province = number(digits, 0);
        int day = number(digits, 6);
        int month = number(digits, 8);
        return province >= 11
                && province <= 97
                && number(digits, 2) >= 1
                && number(digits, 2) <= 79
                && number(digits, 4) >= 1
                && ((day >= 1 && day <= 31) || (day >= 41 && day <= 71))
                && month >= 1
                && month <= 12;
    }

    private static int number(String digits, int at) {
        return Integer.parseInt(digits.substring(at, at + 2));
    }

    /** How many digits the telephone number that may begin at a group has at least; 0 where none can begin. */
    private int leastDigitsOfTelephone(int group) {
        String digits = digits(group, 4);
        char second = digits.length() > 1 ? digits.charAt(1) : ' ';
        char third = digits.length() > 2 ? digits.charAt(2) : ' ';
        if (plusBefore(starts[group]) >= 0) {
            // Chosen: E.164 has no least length. "+50.000.000" is an amount.
            return digits.startsWith("62") || !inThousands(group) ? 8 : 0;
        }
        if (digits.startsWith("00")) {
            return third >= '1' ? NATIONAL_DIGITS + 1 : 0;
        }
        if (digits.startsWith("0")) {
            // Area codes and mobile prefixes begin with 02 to 09.
            return second >= '2' ? NATIONAL_DIGITS : 0;
        }
        if (digits.startsWith("62") && !inThousands(group)) {
            return third == '0' || third >= '2' ? NATIONAL_DIGITS + 1 : 0;
        }
        if (digits.startsWith("8") && size(group) >= 3 && !inThousands(group)) {
            // A mobile number without its zero, as spreadsheets leave it; 080 and 084 are no mobile prefixes.
            return second != '0' && second != '4' ? NATIONAL_DIGITS + 1 : 0;
        }
        if (isNorthAmerican(group)) {
            return 10;
        }
        return !joined(group) && cued(TELEPHONE_CUE, group) ? CUED_DIGITS : 0;
    }

    private boolean isNorthAmerican(int group) {
        return size(group) == 3
                && joined(group + 1)
                && size(group + 1) == 3
                && joined(group + 2)
                && size(group + 2) == 4
                && !(joined(group + 3) && starts[group + 3] - ends[group + 2] == 1);
    }

    /** The last group of a number that begins at a group and is one. */
    private int lastTaken(int group, Kind kind) {
        int digits = size(group);
        int last = group;
        if (kind == Kind.NIK && digits >= IDENTITY_DIGITS) {
            return last;
        }
        int enough = kind == Kind.NIK ? IDENTITY_DIGITS : NATIONAL_DIGITS + 1;
        while (joined(last + 1)) {
            if (digits >= enough && isAnother(last + 1)) {
                break;
            }
            if (size(last + 1) >= IDENTITY_DIGITS) {
                break;
            }
            digits += size(++last);
        }
        return last;
    }

    /** Whether a number after a complete one will be found for itself. */
    private boolean isAnother(int group) {
        return size(group) >= NATIONAL_DIGITS || (isDialled(group) && isTelephone(group) && lastOfItem(group) < 0);
    }

    /** The last group of an amount with its currency or of a case number that begins here, or -1. */
    private int lastKept(int group) {
        if (joined(group)) {
            return -1;
        }
        if (cued(AMOUNT_CUE, group) && text.charAt(starts[group]) != '0') {
            return Math.max(group, lastOfThousands(group));
        }
        if (cued(CASE_CUE, group)) {
            int last = group;
            int digits = size(group);
            while (joined(last + 1) && starts[last + 1] - ends[last] == 1 && !isBlank(ends[last])) {
                digits += size(++last);
            }
            boolean mobile = digits(group, 2).equals("08") || digits(group, 3).equals("628");
            return digits < IDENTITY_DIGITS && !mobile ? last : -1;
        }
        return -1;
    }

    /** The last group of the dates, times, years, amounts in thousands and enumerations that begin here, or -1. */
    private int lastPlain(int group) {
        int last = -1;
        int next = group;
        int end = lastOfItem(next);
        while (end >= 0) {
            last = end;
            next = end + 1;
            boolean more = joined(next) && isBetweenItems(ends[end], starts[next]) && !isClearlyPersonal(next);
            end = more ? lastOfItem(next) : -1;
        }
        return last;
    }

    private int lastOfItem(int group) {
        int date = lastOfDate(group);
        if (date >= 0) {
            return date;
        }
        int time = lastOfTime(group);
        if (time >= 0) {
            return time;
        }
        int thousands = lastOfThousands(group);
        if (thousands >= 0) {
            return thousands;
        }
        int enumeration = lastOfEnumeration(group);
        return enumeration < 0 && isYear(group) ? group : enumeration;
    }

    private boolean isBetweenItems(int from, int to) {
        if (to - from == 1) {
            return isBlank(from) || text.charAt(from) == '-';
        }
        for (int at = from; at < to; at++) {
            if (isBlank(at)) {
                return true;
            }
        }
        return false;
    }

    private int lastOfDate(int group) {
        if (!linked(group, "-/.") || !linked(group + 1, "-/.") || gap(group) != gap(group + 1)) {
            return -1;
        }
        boolean yearLast = isYear(group + 2) || size(group + 2) == 2;
        boolean dayFirst = yearLast && isUpTo(31, group) && isUpTo(12, group + 1);
        boolean monthFirst = isYear(group + 2) && isUpTo(12, group) && isUpTo(31, group + 1);
        boolean yearFirst = isYear(group) && isUpTo(12, group + 1) && isUpTo(31, group + 2);
        boolean goesOn = linked(group + 2, "-/.") && gap(group + 2) == gap(group);
        return (dayFirst || monthFirst || yearFirst) && !goesOn ? group + 2 : -1;
    }

    private int lastOfTime(int group) {
        if (!linked(group, ":.") || value(group) > 24 || size(group) > 2 || !isSixtieth(group + 1)) {
            return -1;
        }
        return linked(group + 1, ":.") && isSixtieth(group + 2) ? group + 2 : group + 1;
    }

    private boolean isSixtieth(int group) {
        return size(group) == 2 && value(group) < 60;
    }

    /** An amount with a separator at every thousand, up to a hundred billions, and perhaps with cents. */
    private int lastOfThousands(int group) {
        if (size(group) > 3 || text.charAt(starts[group]) == '0' || !linked(group, ".,")) {
            return -1;
        }
        if (digits(group + 1, 2).equals("08") && digitsFrom(group + 1, NATIONAL_DIGITS + 1) > NATIONAL_DIGITS) {
            // "5.0812 ..." with a separator more: a number before a telephone number.
            return -1;
        }
        char separator = gap(group);
        int last = group;
        while (last - group < 5 && linked(last, ".,") && gap(last) == separator && size(last + 1) == 3) {
            last++;
        }
        if (last == group) {
            return -1;
        }
        return linked(last, ".,") && gap(last) != separator && size(last + 1) <= 2 ? last + 1 : last;
    }

    private boolean inThousands(int group) {
        return lastOfThousands(group) >= 0;
    }

    /** Numbers that count up by one: RT 01, 02, 03. */
    private int lastOfEnumeration(int group) {
        int last = group;
        while (joined(last + 1)
                && size(last + 1) <= 2
                && isSameGap(group, last)
                && !isClearlyPersonal(last + 1)
                && value(last + 1) == value(last) + 1
                && (size(last + 1) == size(last) || value(last) == 9)) {
            last++;
        }
        return last - group >= 2 ? last : -1;
    }

    /** Two decimal fractions of degrees with at least four digits, latitude first or longitude first. */
    private int lastOfCoordinates(int group) {
        boolean pair = linked(group, ".")
                && joined(group + 2)
                && isBetweenCoordinates(ends[group + 1], starts[group + 2])
                && linked(group + 2, ".")
                && size(group + 1) >= 4
                && size(group + 3) >= 4
                && size(group) <= 3
                && size(group + 2) <= 3
                && value(group) <= 180
                && value(group + 2) <= 180
                && !linked(group + 3, ".-/");
        return pair ? group + 3 : -1;
    }

    private boolean isBetweenCoordinates(int from, int to) {
        boolean apart = false;
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            if (c == ',' || c == ' ') {
                apart = true;
            } else if (c != '-' || at != to - 1) {
                return false;
            }
        }
        return apart;
    }

    private boolean isYear(int group) {
        return group < groups && size(group) == 4 && value(group) >= 1900 && value(group) < 2100;
    }

    private boolean isUpTo(int greatest, int group) {
        return size(group) <= 2 && value(group) >= 1 && value(group) <= greatest;
    }

    /** The value of a group of up to four digits; of a longer one, something greater. */
    private int value(int group) {
        return size(group) > 4 ? Integer.MAX_VALUE : Integer.parseInt(digits(group, size(group)));
    }

    /** Whether a group and the next one have a single character between them, one of those given. */
    private boolean linked(int group, String by) {
        return group + 1 < groups && starts[group + 1] - ends[group] == 1 && by.indexOf(gap(group)) >= 0;
    }

    private boolean isSameGap(int one, int other) {
        int length = starts[one + 1] - ends[one];
        boolean same = starts[other + 1] - ends[other] == length;
        for (int at = 0; same && at < length; at++) {
            same = text.charAt(ends[one] + at) == text.charAt(ends[other] + at);
        }
        return same;
    }

    private char gap(int group) {
        return text.charAt(ends[group]);
    }

    private boolean isBlank(int at) {
        return text.charAt(at) == ' ' || text.charAt(at) == '\n';
    }

    /** Whether a group is there and is of one run with the group before it. */
    private boolean joined(int group) {
        if (group <= 0 || group >= groups || starts[group] - ends[group - 1] > GAP) {
            return false;
        }
        for (int at = ends[group - 1]; at < starts[group]; at++) {
            if (SEPARATORS.indexOf(text.charAt(at)) < 0) {
                return false;
            }
        }
        return true;
    }

    private int size(int group) {
        return ends[group] - starts[group];
    }

    /** The digits of a run from a group on, no more than {@code most}. */
    private String digits(int group, int most) {
        StringBuilder digits = new StringBuilder(most);
        int at = group;
        do {
            for (int i = starts[at]; i < ends[at] && digits.length() < most; i++) {
                digits.append(text.charAt(i));
            }
            at++;
        } while (digits.length() < most && joined(at));
        return digits.toString();
    }

    /** How many digits a run has from a group on, counted until there are enough. */
    private int digitsFrom(int group, int enough) {
        int digits = size(group);
        for (int at = group + 1; digits < enough && joined(at); at++) {
            digits += size(at);
        }
        return digits;
    }

    private boolean cued(Pattern cue, int group) {
        Matcher matcher = cue.matcher(text);
        matcher.region(Math.max(0, starts[group] - CUE_REACH), starts[group]);
        matcher.useTransparentBounds(true);
        return matcher.find();
    }

    /** Where the plus is that belongs to a number that begins at {@code start}, or -1: "+62", "+ 62", "+(62". */
    private int plusBefore(int start) {
        for (int at = start - 1; at >= 0 && at >= start - 3; at--) {
            char c = text.charAt(at);
            if (c == '+') {
                return at;
            }
            if (c != ' ' && c != '(') {
                break;
            }
        }
        return -1;
    }

    /** The first character of a number, with its plus and a bracket that closes inside. */
    private int firstCharacter(int group, int last) {
        int start = starts[group];
        int plus = plusBefore(start);
        if (plus >= 0) {
            start = plus;
        }
        if (start > 0 && text.charAt(start - 1) == '(') {
            for (int at = start; at < ends[last]; at++) {
                if (text.charAt(at) == ')') {
                    return start - 1;
                }
            }
        }
        return start;
    }
}
