package dev.kelpie.app.session;

/// A place that is always free.
final class FakeSeat implements Seat {
    private final Runnable left;
    private boolean taken;

    FakeSeat(Runnable left) {
        this.left = left;
    }

    boolean isTaken() {
        return taken;
    }

    @Override
    public boolean take() {
        taken = true;
        return true;
    }

    @Override
    public void leave() {
        left.run();
    }
}
