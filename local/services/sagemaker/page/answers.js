// What people say of each picture, with every earlier state of it, so that anything can be undone.

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class Answers {
  /** `pictures` as the service lists them; `draws` says that boxes are drawn on them. `save` is called with a picture's index whenever its answer changed. */
  constructor(pictures, draws, save) {
    this.pictures = pictures;
    this.draws = draws;
    this.save = save;
    // Each picture's boxes have a history of their own. Classes have one together: who gives one is at the next picture.
    const histories = () => (draws ? pictures.map(() => []) : new Array(pictures.length).fill([]));
    this.past = histories();
    this.future = histories();
  }

  get lookedAt() {
    return this.pictures.filter((picture) => picture.answer.looked_at).length;
  }

  get firstLeft() {
    return this.pictures.findIndex((picture) => !picture.answer.looked_at);
  }

  of(index) {
    return this.pictures[index].answer;
  }

  /** Change boxes or label; what was before can be had back with `undo`. */
  change(index, change) {
    const before = this.of(index);
    const after = { ...before, ...change };
    if (same(before, after)) return;
    this.past[index].push({ index, answer: before });
    this.future[index].length = 0;
    this.#set(index, after);
  }

  markLookedAt(index) {
    if (!this.of(index).looked_at) this.#set(index, { ...this.of(index), looked_at: true });
  }

  /** Undo the last change; return which picture's it was, `at` itself where there is none. */
  undo(at) {
    return this.#travel(at, this.past[at], this.future[at]);
  }

  redo(at) {
    return this.#travel(at, this.future[at], this.past[at]);
  }

  #travel(at, from, to) {
    if (!from.length) return at;
    const { index, answer } = from.pop();
    to.push({ index, answer: this.of(index) });
    this.#set(index, { ...answer, looked_at: this.draws ? this.of(index).looked_at : answer.label !== null });
    return index;
  }

  #set(index, answer) {
    this.pictures[index].answer = answer;
    this.save(index);
  }
}
