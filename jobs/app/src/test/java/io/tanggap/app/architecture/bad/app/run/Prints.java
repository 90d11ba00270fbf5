package io.tanggap.app.architecture.bad.app.run;

final class Prints {
    void say() {
        System.out.println("hello");
    }
}
