"""English-like words and sentences from a seeded random stream, and names of which none comes twice."""

import itertools
import random

# The most frequent words of English, most frequent first.
COMMON = """
the of and to a in for is on that with as are be this by it at from or an not have was can which will their all one has
more when you they each we its if there no than been who what so into other may do only any our such these also about
between must most some both then how after should every same before where while your them but up out use first two time
over those does without within during because through until under against per many few less need make made given take
kept keep know seen set ask own last next early late long short good better high low open close start end part whole
real clear simple right left still never always often week month quarter year today once again here back down even well
""".split()

# What a handbook of sales and marketing speaks of.
STEMS = """
market product team role owner stage pipeline goal metric review account campaign message brand offer contract forecast
territory segment buyer prospect deal renewal module lesson exercise meeting agenda feedback survey interview research
rival position value story content channel event webinar partner reseller vendor supplier budget cost margin plan
strategy tactic project sprint report dashboard chart trend signal score threshold rule policy process step checklist
template example version history draft question answer issue risk blocker follow response delay deadline schedule
calendar mentor manager director leader analyst engineer designer writer editor support success delivery quality
standard audit source field form list database system tool import export merge clean route return measure estimate
compare improve learn teach practice share align agree commit explain listen describe present negotiate propose confirm
deliver invoice collect bundle package feature release launch trial pilot adopt usage health reference study evidence
proof claim promise expect problem pain outcome result impact effort focus scope boundary interface trust respect
language culture habit skill background career path growth candidate network community region country industry agency
sponsor champion user board investor founder
""".split()

SUFFIXES = "s ed ing er ers able ment less wise".split()
PREFIXES = "re pre over under out inter co sub".split()


def vocabulary():
    """Every word, most frequent first."""
    words = dict.fromkeys(COMMON + STEMS)
    derived = [stem.rstrip("e") + suffix if suffix[0] in "aei" else stem + suffix for stem in STEMS for suffix in SUFFIXES]
    derived += [prefix + stem for stem in STEMS for prefix in PREFIXES]
    random.Random("vocabulary").shuffle(derived)
    words.update(dict.fromkeys(derived))
    return list(words)


VOCABULARY = vocabulary()
# As often as words of a language are: the second half as often as the first, and so on (Zipf, Mandelbrot).
WEIGHTS = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(VOCABULARY))))


def words(rng, count):
    return rng.choices(VOCABULARY, cum_weights=WEIGHTS, k=count)


def phrase(rng, low, high):
    return " ".join(words(rng, rng.randint(low, high)))


def sentence(rng, low=8, high=22):
    text = phrase(rng, low, high)
    return f"{text[0].upper()}{text[1:]}."


def title(rng, low=2, high=3):
    return " ".join(rng.sample(STEMS, rng.randint(low, high))).capitalize()


class Names:
    """One word of each list, joined, with a hyphen for a space in it; in an order of its own, and none twice."""

    def __init__(self, seed, *lists):
        self.lists = [[word.replace("-", " ") for word in each.split()] for each in lists]
        self.size = 1
        for each in self.lists:
            self.size *= len(each)
        rng = random.Random(f"names:{seed}")
        self.order = rng.sample(range(self.size), min(self.size, 200_000))
        self.taken = 0

    def next(self):
        number = self.order[self.taken % len(self.order)]
        round_number = self.taken // len(self.order)
        self.taken += 1
        picked = []
        for each in self.lists:
            number, at = divmod(number, len(each))
            picked.append(each[at])
        return " ".join(picked) + (f" {round_number + 1}" if round_number else "")
