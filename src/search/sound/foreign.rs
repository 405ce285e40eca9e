//! Whether a Hangul word looks like an English one.
//!
//! Not here: which one (`cost`).

use std::ops::RangeInclusive;

/// Syllables that mostly English words have: at the beginning of a word, anywhere, and at its end.
/// Ranges are those of one initial, or of one with a vowel.
const FOREIGN_FIRST: RangeInclusive<char> = '라'..='맇';
const FOREIGN_RANGES: [RangeInclusive<char>; 9] = [
    '카'..='킿',
    '터'..='텋',
    '테'..='텧',
    '티'..='팋',
    '튜'..='틓',
    '퍼'..='펗',
    '페'..='펳',
    '퓨'..='픟',
    '버'..='버',
];
const FOREIGN: &str = "트프플팩팬팸팻스즈츠브드블션셔숀쉬쉐셰쉘쥬뮤뷰듀뉴벨델넬젤렐헬웰셀밸샐앨갤댈섀셋워웹웨웍윈\
     레렛렉렌랙랩램런럼럿롭롤롯젯딧닛탭앱맵갭덱넥섹젝뱃뎁엑옵핏";
const FOREIGN_LAST: &str = "잉링밍빙딩팅핑칭깅닝싱더너머";

/// Whether a Hangul word has syllables that mostly English words have.
pub(in crate::search) fn is_foreign(word: &[char]) -> bool {
    let is_one =
        |c: &char| FOREIGN_RANGES.iter().any(|range| range.contains(c)) || FOREIGN.contains(*c);
    word.first().is_some_and(|c| FOREIGN_FIRST.contains(c))
        || word.iter().any(is_one)
        || word.last().is_some_and(|c| FOREIGN_LAST.contains(*c))
}
