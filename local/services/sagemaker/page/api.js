// The service that serves this page, as functions. Errors carry the service's own sentence.

async function call(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(said.message), { status: answer.status });
  return said;
}

export const jobs = () => call('GET', '/api/jobs');
export const job = (reference) => call('GET', `/api/jobs/${reference}`);
export const handIn = (reference) => call('POST', `/api/jobs/${reference}/hand-in`, {});
export const pictureAddress = (reference, { task, number }) => `/api/jobs/${reference}/pictures/${task}/${number}`;
export const saveAnswer = (reference, picture, answer) => call('PUT', pictureAddress(reference, picture), answer);
