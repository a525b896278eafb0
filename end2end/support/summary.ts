// Closes the run with one plain line, for people and for CI.

import type { FullResult, Reporter, Suite, TestCase } from "@playwright/test/reporter";

export default class Summary implements Reporter {
  private root: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.root = suite;
  }

  onEnd(_result: FullResult): void {
    const outcomes = (this.root?.allTests() ?? []).map((test: TestCase) => test.outcome());
    const count = (...kinds: string[]) => outcomes.filter((kind) => kinds.includes(kind)).length;
    const skipped = count("skipped");
    const line = `${count("expected")} passed, ${count("unexpected", "flaky")} failed`;
    process.stdout.write(`\n${line}${skipped ? `, ${skipped} skipped` : ""}\n`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
