// The worker page of one labeling job.

import { Answers } from './answers.js';
import * as api from './api.js';
import { missing, rescaled } from './boxes.js';
import { askToHandIn, fillHelp } from './dialogs.js';
import { Drawing } from './drawing.js';
import { listen } from './keys.js';
import { LabelList } from './label_list.js';
import { Saving } from './saving.js';
import { Timeline } from './timeline.js';
import { Zoom } from './zoom.js';

const $ = (id) => document.getElementById(id);
const reference = location.pathname.split('/').at(-1);

class Page {
  constructor(job) {
    this.job = job;
    this.draws = job.task_type !== 'ImageMultiClass';
    this.index = 0;
    this.label = 0;
    this.drawing = null;
    this.saving = new Saving((index) => this.#send(index), tell);
    this.answers = new Answers(job.pictures, this.draws, (index) => this.saving.add(index));
    this.zoom = new Zoom($('stage'), $('zoom-fit'));
    this.timeline = new Timeline($('timeline'), this.answers, (index) => this.go(index));
    this.list = new LabelList($('labels'), $('filter'), job.labels, (label) => this.choose(label));
    this.#describe();
  }

  async go(index) {
    this.index = Math.min(Math.max(index, 0), this.answers.pictures.length - 1);
    const address = api.pictureAddress(reference, this.answers.pictures[this.index]);
    const image = Object.assign(new Image(), { src: address, alt: '', draggable: false });
    try {
      await image.decode();
    } catch {
      return trouble('This picture cannot be shown. Is the local cloud running?');
    }
    if (!image.src.endsWith(api.pictureAddress(reference, this.answers.pictures[this.index]))) return; // gone on meanwhile
    trouble('');
    this.drawing?.close();
    $('sheet').replaceChildren(image);
    this.drawing = this.draws ? this.#drawingOn(image) : null;
    this.zoom.show(image);
    this.restore();
    this.#preload(this.index + 1);
  }

  /** Show the answer as it is known, after another picture or an undo. */
  restore() {
    this.drawing?.show(this.answers.of(this.index).boxes);
    this.drawing?.use(this.label);
    this.show();
  }

  /** Take over what was drawn. */
  read() {
    if (this.drawing) this.answers.change(this.index, { boxes: this.drawing.boxes });
    this.drawing?.refresh();
    this.show();
  }

  choose(label) {
    if (label >= this.job.labels.length) return;
    if (this.draws) {
      this.label = label;
      this.drawing?.use(label);
      this.read();
    } else {
      this.answers.change(this.index, { label, looked_at: true });
      this.next();
    }
  }

  next() {
    const answer = this.answers.of(this.index);
    if (this.draws || answer.label !== null) this.answers.markLookedAt(this.index);
    if (this.index + 1 < this.answers.pictures.length) return void this.go(this.index + 1);
    this.show();
    if (this.answers.firstLeft < 0) this.handIn();
    else this.firstLeft();
  }

  previous() {
    if (this.index > 0) this.go(this.index - 1);
  }

  copy() {
    const following = this.answers.pictures[this.index + 1];
    if (!this.draws || !following) return;
    const { boxes } = this.answers.of(this.index);
    const copied = rescaled(boxes, this.answers.pictures[this.index], following);
    this.answers.change(this.index + 1, { boxes: [...following.answer.boxes, ...missing(following.answer.boxes, copied)] });
    this.next();
  }

  travel(direction) {
    const index = this.answers[direction](this.index);
    if (index === this.index) this.restore();
    else this.go(index);
  }

  remove() {
    this.drawing?.removeSelected();
    this.read();
  }

  firstLeft() {
    if (this.answers.firstLeft >= 0) this.go(this.answers.firstLeft);
  }

  async handIn() {
    await this.saving.finished();
    const choice = await askToHandIn(this.answers, this.draws);
    if (choice === 'left') this.firstLeft();
    if (choice !== 'yes') return;
    try {
      await api.handIn(reference);
      location.href = '/';
    } catch (error) {
      trouble(error.message);
    }
  }

  show() {
    const { pictures } = this.answers;
    const answer = this.answers.of(this.index);
    const last = this.index + 1 === pictures.length;
    const nothing = this.draws && !answer.boxes.length;
    $('place').textContent = `${this.index + 1} of ${pictures.length}`;
    $('name').textContent = pictures[this.index].name;
    $('bar').max = pictures.length;
    $('bar').value = this.answers.lookedAt;
    $('progress').textContent = `${this.answers.lookedAt} of ${pictures.length} looked at`;
    $('hand-in').classList.toggle('primary', this.answers.firstLeft < 0);
    $('previous').disabled = this.index === 0;
    $('next').textContent = `${nothing ? 'Nothing to label' : 'Done'}${last ? '' : ', next →'}`;
    $('next').disabled = !this.draws && answer.label === null;
    $('copy').disabled = last || nothing;
    $('undo').disabled = !this.answers.past[this.index].length;
    $('redo').disabled = !this.answers.future[this.index].length;
    $('delete').disabled = !this.drawing?.selection.length;
    this.list.show(this.draws ? this.label : answer.label, answer.boxes);
    this.timeline.show(this.index);
  }

  #drawingOn(image) {
    return new Drawing(image, this.job.labels, {
      changed: () => this.read(),
      selected: () => ($('delete').disabled = !this.drawing?.selection.length),
    });
  }

  #send(index) {
    const picture = this.answers.pictures[index];
    return api.saveAnswer(reference, picture, picture.answer);
  }

  #preload(index) {
    const picture = this.answers.pictures[index];
    if (picture) new Image().src = api.pictureAddress(reference, picture);
  }

  #describe() {
    document.title = `${this.job.title} · brandlens`;
    $('title').textContent = this.job.title;
    $('labels-title').textContent = this.draws ? 'Box these' : 'What does it show?';
    for (const id of ['copy', 'delete']) $(id).hidden = !this.draws;
    fillHelp(this.job, this.draws);
  }
}

function tell(state, message) {
  const words = { saving: 'Saving…', saved: 'Saved', waiting: 'Not saved yet, trying again', refused: 'Not saved' };
  $('saved').textContent = words[state];
  $('saved').className = state === 'waiting' || state === 'refused' ? 'bad' : '';
  if (state === 'refused') trouble(message);
}

function trouble(message) {
  $('trouble').textContent = message;
  $('trouble').hidden = !message;
}

// Annotorious joins a change to the one before if that is a quarter of a second ago at most, and takes the page's
// beginning for such a one: a box drawn sooner would be lost.
function libraryReady() {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, 300 - performance.now())));
}

async function start() {
  const page = new Page(await api.job(reference));
  const actions = {
    next: () => page.next(), previous: () => page.previous(), copy: () => page.copy(), firstLeft: () => page.firstLeft(),
    remove: () => page.remove(), deselect: () => page.drawing?.deselect(), label: (label) => page.choose(label),
    undo: () => page.travel('undo'), redo: () => page.travel('redo'), help: () => $('help-dialog').showModal(),
    larger: () => page.zoom.larger(), smaller: () => page.zoom.smaller(), fit: () => page.zoom.fit(),
    handIn: () => page.handIn(),
  };
  const buttons = {
    next: 'next', previous: 'previous', copy: 'copy', delete: 'remove', undo: 'undo', redo: 'redo', help: 'help',
    'zoom-in': 'larger', 'zoom-out': 'smaller', 'zoom-fit': 'fit', 'hand-in': 'handIn',
  };
  for (const [id, action] of Object.entries(buttons)) {
    $(id).addEventListener('click', () => {
      actions[action]();
      $(id).blur(); // so that the space bar moves the picture again
    });
  }
  listen(actions);
  await libraryReady();
  await page.go(Math.max(page.answers.firstLeft, 0));
}

start().catch((error) => trouble(error.message));
