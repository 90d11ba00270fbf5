package io.tanggap.app.architecture.bad.tests;

import org.hamcrest.Matcher;

final class UsesHamcrest {
    Matcher<String> matcher;
}
