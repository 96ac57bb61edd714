// The labels: their colours, keys and how many boxes of this picture bear each.

import { colourOf } from './colours.js';

const MANY = 12;

export class LabelList {
  constructor(list, filter, names, choose) {
    this.items = names.map((name, label) => {
      const item = document.createElement('li');
      item.role = 'option';
      item.title = name;
      item.style.setProperty('--colour', colourOf(label));
      item.append(document.createElement('i'), span(name), document.createElement('b'));
      if (label < 9) item.append(key(label + 1));
      item.addEventListener('click', () => choose(label));
      return item;
    });
    list.replaceChildren(...this.items);
    filter.hidden = names.length <= MANY;
    filter.addEventListener('input', () => {
      const part = filter.value.toLowerCase();
      names.forEach((name, label) => (this.items[label].hidden = !name.toLowerCase().includes(part)));
    });
  }

  show(current, boxes) {
    this.items.forEach((item, label) => {
      const count = boxes.filter((box) => box.label === label).length;
      item.setAttribute('aria-selected', label === current);
      item.querySelector('b').textContent = count || '';
    });
    this.items[current]?.scrollIntoView({ block: 'nearest' });
  }
}

function span(text) {
  const element = document.createElement('span');
  element.textContent = text;
  return element;
}

function key(text) {
  const element = document.createElement('kbd');
  element.textContent = text;
  return element;
}
