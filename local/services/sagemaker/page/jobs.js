// The list of labeling jobs.

import * as api from './api.js';

const lead = document.getElementById('lead');
const list = document.getElementById('jobs');

const STATES = {
  Initializing: 'being prepared', Completed: 'done', Failed: 'failed', Stopping: 'being stopped', Stopped: 'stopped',
};

function entry(job) {
  const item = document.createElement('li');
  const title = document.createElement('h2');
  title.textContent = job.title;
  const progress = document.createElement('p');
  const open = job.status === 'InProgress' && !job.handed_in;
  const state = job.handed_in && job.status === 'InProgress' ? 'handed in' : STATES[job.status];
  progress.textContent = open ? `${job.looked_at} of ${job.pictures} pictures looked at` : job.failure ?? state;
  item.append(title, progress);
  if (open) {
    const start = document.createElement('a');
    start.className = 'button primary';
    start.href = `/jobs/${job.reference}`;
    start.textContent = job.looked_at ? 'Go on' : 'Start';
    item.append(start);
  }
  return item;
}

async function show() {
  try {
    const { jobs } = await api.jobs();
    const open = jobs.filter((job) => job.status === 'InProgress' && !job.handed_in).length;
    lead.textContent = open
      ? `${open === 1 ? 'One job waits' : `${open} jobs wait`} for you.`
      : 'Nothing to label at the moment. This page shows new jobs by itself.';
    list.replaceChildren(...jobs.map(entry));
  } catch (error) {
    lead.textContent = `The jobs cannot be listed: ${error.message}`;
  }
}

await show();
setInterval(show, 2000);
