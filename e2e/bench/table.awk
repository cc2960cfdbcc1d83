# Two files of "NAME NUMBER" lines, kelpie's first: medians, ratios and goals as a table.
FNR == 1 { side++ }
{ n[FILENAME, $1]++; v[FILENAME, $1, n[FILENAME, $1]] = $2 }
function sorted(f, k,    i, j, c, x) {
    c = n[f, k]
    for (i = 1; i <= c; i++) s[i] = v[f, k, i]
    for (i = 2; i <= c; i++) { x = s[i]; for (j = i - 1; j > 0 && s[j] > x; j--) s[j + 1] = s[j]; s[j + 1] = x }
    return c
}
function median(f, k,    c) { c = sorted(f, k); return c ? (c % 2 ? s[(c + 1) / 2] : (s[c / 2] + s[c / 2 + 1]) / 2) : -1 }
function cell(f, k,    c, m) {
    m = median(f, k); c = n[f, k]
    return c ? sprintf("%.3f (%.3f-%.3f, %d)", m, s[1], s[c], c) : "-"
}
function row(text, k, goal,    a, b, r) {
    a = median(K, k); b = median(P, k)
    r = a > 0 && b > 0 ? sprintf("%.2f", a / b) : "-"
    printf "| %s | %s | %s | %s | %s |\n", text, cell(K, k), cell(P, k), r, goal
}
END {
    K = ARGV[1]; P = ARGV[2]
    print "| work | kelpie | podman | ratio | goal |\n| --- | --- | --- | --- | --- |"
    row("play one pod of three containers until running", "play-1", "0.5")
    row("play such a pod that publishes a port", "play-port", "")
    row("play twenty such pods", "play-20", "0.25")
    row("down of twenty pods deaf to SIGTERM, grace 2 s", "down-20", "0.1")
    row("`ps` with 80 containers", "ps-80", "1.0")
    row("`exec true`", "exec-true", "1.0")
    row("play ten pods", "play-10", "")
    row("play a hundred pods", "play-100", "")
    ks = n[K, "play-10"] ? sprintf("%.2f", median(K, "play-100") / median(K, "play-10") / 10) : "-"
    ps = n[P, "play-10"] ? sprintf("%.2f", median(P, "play-100") / median(P, "play-10") / 10) : "-"
    printf "| slope: time per pod at 100 over that at 10 | %s | %s | | 1.2 |\n", ks, ps
    print "\nCold (no service runs; kelpie starts it):\n\n| work | kelpie | podman | ratio | goal |\n| --- | --- | --- | --- | --- |"
    row("first `ps`, files in the page cache", "cold-service", "1.0 s")
    row("first `ps`, page cache dropped", "cold-disk", "")
    row("play of one pod as the first command", "cold-play", "")
    print "\nService with twenty pods, idle:\n\n| what | kelpie | goal |\n| --- | --- | --- |"
    printf "| resident memory, MB | %s | 120 |\n", n[K, "idle-rss-mb"] ? sprintf("%.1f", median(K, "idle-rss-mb")) : "-"
    printf "| processor, %% of a core | %s | 0.5 |\n", n[K, "idle-cpu-percent"] ? sprintf("%.3f", median(K, "idle-cpu-percent")) : "-"
}
