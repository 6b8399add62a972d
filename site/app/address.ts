// What the address shall say in; the browser's address and history out, after the next paint: writing them is slow.
const WAIT = 30; // milliseconds

export class Address {
  private waiting: { query: string; isNew: boolean } | undefined;
  private timer = 0;

  /** Write the query part of the address: as a new entry of the history, or over the last one. */
  write(query: string, isNew: boolean): void {
    if (isNew) this.settle();
    this.waiting = { query, isNew: isNew || this.waiting?.isNew === true };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), WAIT);
  }

  /** Write nothing more: somebody went back. */
  forget(): void {
    this.waiting = undefined;
  }

  private settle(): void {
    if (this.waiting === undefined) return;
    const { query, isNew } = this.waiting;
    this.waiting = undefined;
    const address = `${location.pathname}${query}`;
    if (isNew) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  }
}
