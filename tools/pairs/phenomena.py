"""The phenomena and their templates. Verbs and nouns are chosen so that every combination is English."""

import collections

Phenomenon = collections.namedtuple("Phenomenon", "uid field term draw")

# People: singular, plural, the pronoun of the singular.
PEOPLE = [
    ("man", "men", "he"),
    ("boy", "boys", "he"),
    ("brother", "brothers", "he"),
    ("father", "fathers", "he"),
    ("king", "kings", "he"),
    ("son", "sons", "he"),
    ("gentleman", "gentlemen", "he"),
    ("woman", "women", "she"),
    ("girl", "girls", "she"),
    ("sister", "sisters", "she"),
    ("daughter", "daughters", "she"),
    ("lady", "ladies", "she"),
    ("friend", "friends", None),
    ("servant", "servants", None),
    ("teacher", "teachers", None),
    ("child", "children", None),
    ("user", "users", None),
    ("hacker", "hackers", None),
]
SEXED = [person for person in PEOPLE if person[2]]
THINGS = [
    ("book", "books"),
    ("letter", "letters"),
    ("house", "houses"),
    ("city", "cities"),
    ("door", "doors"),
    ("horse", "horses"),
    ("garden", "gardens"),
    ("tree", "trees"),
    ("table", "tables"),
    ("window", "windows"),
    ("room", "rooms"),
    ("carriage", "carriages"),
    ("ship", "ships"),
    ("stone", "stones"),
    ("field", "fields"),
    ("mountain", "mountains"),
]
ADJECTIVES = ["old", "good", "poor", "great", "strange", "fine"]
QUALITIES = ["happy", "wise", "foolish", "rich", "poor", "old", "angry", "proud", "mad", "here"]
# Transitive: third person, plain, past.
TRANSITIVE = [
    ("sees", "see", "saw"),
    ("knows", "know", "knew"),
    ("loves", "love", "loved"),
    ("follows", "follow", "followed"),
    ("hears", "hear", "heard"),
    ("finds", "find", "found"),
    ("calls", "call", "called"),
    ("brings", "bring", "brought"),
    ("sends", "send", "sent"),
    ("leaves", "leave", "left"),
]
INTRANSITIVE = [
    ("comes", "come"),
    ("goes", "go"),
    ("speaks", "speak"),
    ("lives", "live"),
    ("works", "work"),
    ("runs", "run"),
    ("talks", "talk"),
    ("dies", "die"),
    ("laughs", "laugh"),
    ("walks", "walk"),
]
# Transitive and past, of people, with a plain object that cannot be left out.
NEEDS_OBJECT = ["brought", "sent", "found", "loved", "took", "kept", "expected", "wanted", "admired"]
# Of these none takes two objects: "what he sent the king" has a gap after all.
ONE_OBJECT = ["found", "loved", "expected", "wanted", "admired", "saw", "followed", "opened"]
REFUSES_OBJECT = ["came", "died", "arrived", "laughed", "slept", "smiled", "went", "existed", "appeared", "happened"]
# Past tense and participle that differ, with an object or a place. Not "forgot": Austen writes "has forgot".
IRREGULAR = [
    ("saw", "seen", "the {thing}"),
    ("wrote", "written", "the letter"),
    ("gave", "given", "the {thing} to the {other}"),
    ("took", "taken", "the {thing}"),
    ("knew", "known", "the {other}"),
    ("spoke", "spoken", "to the {other}"),
    ("chose", "chosen", "the {thing}"),
    ("broke", "broken", "the {thing}"),
    ("went", "gone", "to the {thing}"),
    ("ate", "eaten", "with the {other}"),
    ("fell", "fallen", "from the {thing}"),
]
REFLEXIVE_PAST = ["saw", "loved", "hurt", "called", "found", "knew", "praised", "killed", "hid", "taught"]
BETWEEN = ["near", "behind"]
MODALS = ["will", "would", "can", "could", "must", "should", "may", "might"]


def person(stream):
    return stream.choice(PEOPLE)


def other_than(stream, one, choices=PEOPLE):
    return stream.choice([choice for choice in choices if choice != one])


def determiner_noun(stream):
    number = stream.randrange(2)
    right = stream.choice([["this", "that"], ["these", "those"]][number])
    noun = stream.choice(THINGS)
    adjective = stream.choice(["", "", "old ", "fine ", "great "])
    start = f"the {person(stream)[0]} {stream.choice(TRANSITIVE)[2]} {right} {adjective}"
    return start + noun[number], start + noun[1 - number]


def subject_verb(stream):
    number = stream.randrange(2)
    subject = person(stream)[number]
    if stream.randrange(2):
        verb = stream.choice(INTRANSITIVE)
        return f"the {subject} {verb[number]}", f"the {subject} {verb[1 - number]}"
    verb = stream.choice([("is", "are"), ("was", "were"), ("has been", "have been")])
    quality = stream.choice(QUALITIES)
    return f"the {subject} {verb[number]} {quality}", f"the {subject} {verb[1 - number]} {quality}"


def subject_verb_distractor(stream):
    number = stream.randrange(2)
    subject = person(stream)
    # The noun in between has the other number and so would go with the wrong verb.
    if stream.randrange(2):
        start = f"the {subject[number]} {stream.choice(BETWEEN)} the {stream.choice(THINGS)[1 - number]}"
    else:
        start = f"the {subject[number]} who {stream.choice(TRANSITIVE)[2]} the {other_than(stream, subject)[1 - number]}"
    verb = stream.choice([("is", "are"), ("was", "were")])
    quality = stream.choice(QUALITIES)
    return f"{start} {verb[number]} {quality}", f"{start} {verb[1 - number]} {quality}"


def anaphor_number(stream):
    chosen = stream.choice(SEXED)
    number = stream.randrange(2)
    determiner = stream.choice(["the", *[["this", "that"], ["these", "those"]][number]])
    start = f"{determiner} {chosen[number]} {stream.choice(REFLEXIVE_PAST)}"
    forms = [{"he": "himself", "she": "herself"}[chosen[2]], "themselves"]
    return f"{start} {forms[number]}", f"{start} {forms[1 - number]}"


def anaphor_gender(stream):
    singular, _, pronoun = stream.choice(SEXED)
    start = f"{stream.choice(['the', 'this', 'that'])} {singular} {stream.choice(REFLEXIVE_PAST)} "
    right, wrong = ("himself", "herself") if pronoun == "he" else ("herself", "himself")
    return start + right, start + wrong


def npi(stream):
    subject = person(stream)
    if stream.randrange(2):
        verb = stream.choice(TRANSITIVE)[2]
        end = f"{verb} the {stream.choice(THINGS)[0]}"
        return f"no {subject[0]} ever {end}", f"the {subject[0]} ever {end}"
    participle = stream.choice(["seen", "known", "taken", "found", "left", "loved"])
    end = f"{participle} any {stream.choice(THINGS)[1]}"
    return f"the {subject[1]} have not {end}", f"the {subject[1]} have now {end}"


def irregular(stream):
    past, participle, rest = stream.choice(IRREGULAR)
    subject = person(stream)
    number = stream.randrange(2)
    rest = rest.format(thing=stream.choice(THINGS)[0], other=other_than(stream, subject)[0])
    if stream.randrange(2):
        start = f"the {subject[number]} {('has', 'have')[number]}"
        return f"{start} {participle} {rest}", f"{start} {past} {rest}"
    start = f"the {subject[number]}"
    return f"{start} {past} {rest}", f"{start} {participle} {rest}"


def transitivity(stream):
    subject = person(stream)
    start = f"the {subject[stream.randrange(2)]}"
    end = f"the {other_than(stream, subject)[stream.randrange(2)]}"
    return f"{start} {stream.choice(NEEDS_OBJECT)} {end}", f"{start} {stream.choice(REFUSES_OBJECT)} {end}"


def wh_that(stream):
    subject = person(stream)
    knower = other_than(stream, subject)
    start = f"the {knower[0]} {stream.choice(['knew', 'saw', 'heard', 'said', 'remembered'])}"
    clause = f"the {subject[0]} {stream.choice(ONE_OBJECT)} the {stream.choice(THINGS)[0]}"
    return f"{start} that {clause}", f"{start} what {clause}"


def modal_form(stream):
    subject = person(stream)
    third, plain, _ = stream.choice(TRANSITIVE)
    start = f"the {subject[stream.randrange(2)]} {stream.choice(MODALS)}"
    end = f"the {other_than(stream, subject)[0]}"
    return f"{start} {plain} {end}", f"{start} {third} {end}"


CASE = [("he", "him"), ("she", "her"), ("they", "them"), ("we", "us")]


def pronoun_case(stream):
    noun = person(stream)[stream.randrange(2)]
    nominative, accusative = stream.choice(CASE)
    past = stream.choice(TRANSITIVE)[2]
    if stream.randrange(2):
        return f"the {noun} {past} {accusative}", f"the {noun} {past} {nominative}"
    start = f"the {noun} said that"
    end = f"{past} the {stream.choice(THINGS)[0]}"
    return f"{start} {nominative} {end}", f"{start} {accusative} {end}"


def quantifier(stream):
    number = stream.randrange(2)
    right = stream.choice([["every", "each", "another"], ["many", "several", "all", "both"]][number])
    noun = person(stream)
    end = f"{stream.choice(TRANSITIVE)[2]} the {stream.choice(THINGS)[stream.randrange(2)]}"
    return f"{right} {noun[number]} {end}", f"{right} {noun[1 - number]} {end}"


PHENOMENA = [
    Phenomenon("determiner_noun_agreement", "morphology", "determiner_noun_agreement", determiner_noun),
    Phenomenon("subject_verb_agreement", "morphology", "subject_verb_agreement", subject_verb),
    Phenomenon("subject_verb_agreement_distractor", "morphology", "subject_verb_agreement", subject_verb_distractor),
    Phenomenon("anaphor_number_agreement", "morphology", "anaphor_agreement", anaphor_number),
    Phenomenon("anaphor_gender_agreement", "morphology", "anaphor_agreement", anaphor_gender),
    Phenomenon("npi_licensing", "semantics", "npi_licensing", npi),
    Phenomenon("irregular_forms", "morphology", "irregular_forms", irregular),
    Phenomenon("transitivity", "syntax", "argument_structure", transitivity),
    Phenomenon("wh_vs_that_without_gap", "syntax", "filler_gap_dependency", wh_that),
    Phenomenon("modal_verb_form", "morphology", "verb_form", modal_form),
    Phenomenon("pronoun_case", "morphology", "pronoun_case", pronoun_case),
    Phenomenon("quantifier_noun_agreement", "semantics", "quantifiers", quantifier),
]
