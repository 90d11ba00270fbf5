package io.tanggap.app.architecture.bad.app.run;

final class Exits {
    void leave() {
        System.exit(1);
    }
}
