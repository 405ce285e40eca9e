/* Particles, by the finals that they follow; `+` is 는, 도, 만, 의 or nothing */

/** @type {[RegExp, string, number?][]} */
const LISTED = [
  [
    /./,
    "에서+ 에게+ 까지+ 부터+ 한테+ 에+ 에서부터 에게서 처럼 보다 마다 조차 마저 만큼 밖에 대로 " +
      "하고 만으로 만의 만 의 도",
  ],
  [/[^ ]/, "과+ 이라는 이라고 이라도 이라면 이란 이나 이든 이며 이랑 은 이 을"],
  [/ /, "와+ 라는 라고 라도 라면 란 나 는 가 를"],
  [/[^ ㄹ]/, "으로+ 으로부터 으로서 으로써"],
  [/[ ㄹ]/, "로+ 로부터 로서 로써"],
  // Behind one syllable, as in 비인가, they are often no ending.
  [/./, "인가 인가요 인지 인데 이다 입니다 입니까", 2],
];
const PARTICLES = LISTED.flatMap(([finals, list, syllables = 1]) =>
  list.split(" ").map((each) => ({
    ending: new RegExp(`${each.replace("+", "[는도만의]?")}$`),
    finals,
    syllables,
  })),
);

// Whether a stem has so many syllables, or a Latin letter, and takes what follows such finals. How
// Latin is read nobody can tell: it takes them all.
const takes = (stem, finals, least) => {
  const last = stem.at(-1);
  return (
    (stem.some(isLatin) || stem.filter(isSyllable).length >= least) &&
    (isSyllable(last) ? finals.test(finalOf(last)) : !isHangul(last))
  );
};

// The longest particle that a word ends with. A stem of one syllable, as `나` in `나는`, is often no
// word.
const particleOf = (chars, least) => {
  let longest = "";
  for (const { ending, finals, syllables } of PARTICLES) {
    const particle = ending.exec(chars.join(""))?.[0] ?? "";
    if (particle.length <= longest.length) continue;
    const stem = chars.slice(0, -particle.length);
    if (takes(stem, finals, Math.max(least, syllables))) longest = particle;
  }
  return longest;
};
