// The help, and the question before the labels are handed in.

import { HELP } from './keys.js';

const $ = (id) => document.getElementById(id);

export function fillHelp(job, draws) {
  const paragraphs = job.instructions.length ? job.instructions : [job.description];
  $('instructions').replaceChildren(...paragraphs.map((text) => element('p', text)));
  $('keys').replaceChildren(
    ...HELP[draws ? 'boxes' : 'classes'].flatMap(([key, what]) => {
      const term = document.createElement('dt');
      term.append(element('kbd', key));
      return [term, element('dd', what)];
    }),
  );
}

/** Ask whether to hand in; resolves to 'yes', 'left' (show what is left), or 'back'. */
export function askToHandIn(answers, draws) {
  const { pictures } = answers;
  const left = pictures.length - answers.lookedAt;
  const boxes = pictures.reduce((sum, picture) => sum + picture.answer.boxes.length, 0);
  const empty = pictures.filter((picture) => !picture.answer.boxes.length).length;
  $('hand-in-title').textContent = left ? `${counted(left, 'picture')} to look at yet` : 'Hand in these labels?';
  $('hand-in-text').textContent = left
    ? `Every picture must be ${draws ? 'looked at; where there is nothing to label, go on with →' : 'given a label'}.`
    : `${counted(pictures.length, 'picture')}${draws ? `, ${counted(boxes, 'box')}; ${empty} without any` : ''}. ` +
      'They cannot be changed afterwards.';
  $('hand-in-confirm').textContent = left ? 'Show the first' : 'Hand in';
  $('hand-in-confirm').value = left ? 'left' : 'yes';
  const dialog = $('hand-in-dialog');
  dialog.returnValue = 'back';
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true }));
}

function counted(count, noun) {
  const plural = noun.endsWith('x') ? `${noun}es` : `${noun}s`;
  return `${count} ${count === 1 ? noun : plural}`;
}

function element(tag, text) {
  return Object.assign(document.createElement(tag), { textContent: text });
}
