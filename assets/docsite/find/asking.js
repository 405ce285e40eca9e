/* Asking: when, and which answer is still wanted. */

const filters = () => ({ limit, topics: [...topics], types: [...types] });
// One consonant only begins a word.
const isBlank = () => /^[ㄱ-ㅎ]?$/.test(field.value.trim());
let question = 0; // the newest question's number
let running = false;
let first = 0;
let slow;

// One question at a time: while one is answered, only the newest of those typed meanwhile waits.
const run = async () => {
  running = true;
  let number;
  do {
    number = question;
    try {
      const answer = await (await engine()).answer(field.value, filters());
      if (number === question) showAnswer(answer, first);
    } catch {
      if (number === question) fail();
    }
  } while (number !== question && !isBlank());
  clearTimeout(slow);
  running = false;
};
const askNow = ({ first: at = 0 } = {}) => {
  question += 1;
  first = at;
  if (at === 0) limit = STEP;
  clearTimeout(slow);
  if (isBlank()) return showRecent();
  slow = setTimeout(() => {
    state.textContent = texts.loading;
    say(texts.loading);
  }, SLOW);
  if (!running) run();
};

// What did not come is asked for once more.
const retry = async () => {
  await engine().then((it) => it.again(), () => {});
  askNow();
};
