// What people say of each picture, with every earlier state of it, so that anything can be undone.

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class Answers {
  /** `pictures` as the service lists them; `draws` says that boxes are drawn on them. `save` is called with a picture's index whenever its answer changed. */
  constructor(pictures, draws, save) {
    this.pictures = pictures;
    this.draws = draws;
    this.save = save;
    this.past = pictures.map(() => []);
    this.future = pictures.map(() => []);
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
    this.past[index].push(before);
    this.future[index] = [];
    this.#set(index, after);
  }

  markLookedAt(index) {
    if (!this.of(index).looked_at) this.#set(index, { ...this.of(index), looked_at: true });
  }

  undo(index) {
    this.#travel(index, this.past[index], this.future[index]);
  }

  redo(index) {
    this.#travel(index, this.future[index], this.past[index]);
  }

  #travel(index, from, to) {
    if (!from.length) return;
    to.push(this.of(index));
    const answer = from.pop();
    this.#set(index, { ...answer, looked_at: this.draws ? this.of(index).looked_at : answer.label !== null });
  }

  #set(index, answer) {
    this.pictures[index].answer = answer;
    this.save(index);
  }
}
