"""Commands that authors define for themselves and leave in titles and abstracts, with their usual meaning.

Chosen from what is frequent in arXiv's abstracts. The table only says how a command looks: each one shows the letter or
the word its author typed, in the typeface that is customary for it. It has commands that TeX and amsmath define as well
where the renderer does not know them.
"""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase
from typing import Final


def _words(text: str) -> list[str]:
    return text.split()


def _letters() -> dict[str, str]:
    """Families of one-letter names: ``\\cX``, ``\\bbX``, ``\\RR``, ``\\bx``, ``\\calS`` ..."""
    found: dict[str, str] = {}
    for letter in ascii_uppercase:
        found[letter] = rf"\mathcal{{{letter}}}"
        for prefix in ("c", "g", "cal", "mc", "scr", "s"):
            found[prefix + letter] = rf"\mathcal{{{letter}}}"
        for prefix in ("b", "m", "v", "bf", "mb", "mat"):
            found[prefix + letter] = rf"\mathbf{{{letter}}}"
        for prefix in ("bb", "I"):
            found[prefix + letter] = rf"\mathbb{{{letter}}}"
        for prefix in ("fr", "frak"):
            found[prefix + letter] = rf"\mathfrak{{{letter}}}"
        found[letter + "cal"] = rf"\mathcal{{{letter}}}"
        found[letter * 2] = found[letter * 3] = rf"\mathbb{{{letter}}}"
        found["t" + letter] = found["wt" + letter] = rf"\tilde{{{letter}}}"
        found["h" + letter] = found["wh" + letter] = rf"\hat{{{letter}}}"
    for letter in ascii_lowercase:
        for prefix in ("b", "v", "bf", "mb"):
            found[prefix + letter] = rf"\mathbf{{{letter}}}"
        found[letter * 2] = found[letter + "b"] = rf"\mathbf{{{letter}}}"
        found["bb" + letter] = rf"\mathbb{{{letter}}}"
    found |= {letter: rf"\mathbf{{{letter}}}" for letter in "uvwxyz"}
    found |= {letter: letter for letter in "abcghkmnpqrst"}
    greek = "alpha beta gamma delta epsilon theta lambda mu nu xi pi rho sigma tau phi psi omega eta zeta kappa chi"
    for name in greek.split():
        for prefix in ("b", "bf", "mb", "bm", "v"):
            found[prefix + name] = rf"\boldsymbol{{\{name}}}"
    for name in ("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega"):
        for prefix in ("b", "bf", "mb", "bm"):
            found[prefix + name] = rf"\boldsymbol{{\{name}}}"
    return found


# What the families would get wrong, because TeX or the renderer already gives these names a meaning.
_KNOWN: Final = _words(
    """
    bf bm bar bb bbb beta big bigg cal cap ccc ddd dd ee eta gg ggg hat II iff Im in LL ll lll mb mu mm Mb ne ni nu
    pi pm pp psi Re rm R N Z aa sb sc sf sp ss SS tb tt to vb vee wp wr xi AA bot bigl dH tH
    """
)

# Names shown upright as they are: complexity classes, problems, functions.
_UPRIGHT: Final = _words(
    """
    NP coNP PSPACE EXP EXPTIME NEXP NEXPTIME EXPSPACE LOGSPACE NL UL UP RP BPP ZPP BQP QMA QCMA QIP MIP IP AM MA PH
    PP PCP SZK FPT XP AC NC TC ACC SC VP VNP PPAD PLS CLS TFNP FNP FP GapP ETH SETH SAT kSAT MaxSAT CSP SVP CVP LWE
    OPT ALG MST TSP GF GL SL SO SU Sp PGL PSL Gal Aut End Hom Iso Sym Ext Tor Spec Proj Pic Lie Ad Ind Res Ker Coker
    Img Dom Cod Vol poly polylog polyloglog Poly Polylog rank rk tr Tr trace diag Diag sign sgn supp Supp span Span
    conv Conv cone aff dist diam vol area size card cost opt Opt val Val err Err loss acc Var Cov Corr Cor var cov
    Std std Bias Bin Ber Bern Poisson Unif Uniform Geo Normal Exp Law KL TV MSE RMSE SNR SINR Ent Inf INF Maj MAJ
    AND OR XOR PARITY NOT Id id dom cod ran im coker spn lcm ord Ord adj Adj Nbr Deg indeg outdeg girth tw pw bw td
    cw rw ctw nnz Vec mat Mat softmax Softmax sigmoid ReLU relu erfi sinc rect sech csch arcsinh arccosh arctanh
    arcsec arccsc arccot polytope prox proj Prox Dim codim ind Lip Reg reg Regret regret curl grad rot logit Logit
    median Median mean Mean mode cor corr KS LZ DTIME NTIME DSPACE NSPACE SPACE TIME SIZE Time Space Size FO MSO LTL
    CTL PCTL MTL mtl ATL IF LP SDP QP ILP MIS MaxIS UDG CH LIS LCS LCP LCE ED MM MAX MIN SUM IN OUT TRUE FALSE true
    false pre post sort scan lex len length depth height width weight dep win lose ex fin Arg co np ppoly Ppoly mad
    src occ nd vc VC VCdim fat
    """
)

# Names, a colon, and what they stand for.
_OTHERS: Final = r"""
# Greek and other letters
eps veps ep vareps e epsi ve: \varepsilon
epsislon: \epsilon
al alphaup: \alpha
be gb: \beta
ga: \gamma
Ga: \Gamma
de del gd: \delta
De: \Delta
la lam gl: \lambda
La Lam: \Lambda
om: \omega
Om: \Omega
si sig sg gs: \sigma
Si Sig: \Sigma
vth: \vartheta
vp vphi: \varphi
ka: \kappa
ze: \zeta
chiup: \chi
i: \mathrm{i}
j: \mathrm{j}
l: \ell
d dd dif diff ud rd: \mathrm{d}
eu: \mathrm{e}
# sets of numbers and the like
C complex cplx bbbc: \mathbb{C}
Q rationals: \mathbb{Q}
F ff: \mathbb{F}
K: \mathbb{K}
E: \mathbb{E}
P: \mathrm{P}
Real REAL rset bbbr rr: \mathbb{R}
nats nat Nat Nats nset bbbn: \mathbb{N}
ints integers Int zset bbbz zz: \mathbb{Z}
Rd: \mathbb{R}^d
Rn: \mathbb{R}^n
Rp: \mathbb{R}^p
field: \mathbb{#1}
Fq: \mathbb{F}_q
Fp: \mathbb{F}_p
Ftwo: \mathbb{F}_2
kk: \mathbb{k}
one ones ind indic indicator Ind: \mathbf{1}
zero zeros: \mathbf{0}
I: \mathcal{I}
S: \mathcal{S}
O: \mathcal{O}
# probability
Ex EX Exp Expect expectation EE EEE Expectation expect esp: \mathbb{E}
PPP proba: \mathbb{P}
Prob prob pr: \mathrm{Pr}
iid: \overset{\mathrm{iid}}{\sim}
indep independent: \perp
given: \mid
dto: \overset{d}{\to}
toprob: \overset{p}{\to}
# big O and its kin
bigO bigo BigO Oh bigoh bigOh BigOh BO order Order OO cO Ocal ordo: \mathcal{O}
BigOmega: \Omega
tildeO tO Ot Otilde otilde softO softOh SoftO sO bigOsoft bigOtilde tldO tOh Ohtilde tilO Osoft wtO: \tilde{O}
sOB: \tilde{O}_B
tTheta Tht: \tilde{\Theta}
tOmega Omt Omegat: \tilde{\Omega}
littleo smallO: o
# operators under which limits go
Argmax: \operatorname*{arg\,max}
Argmin: \operatorname*{arg\,min}
argsup: \operatorname*{arg\,sup}
arginf: \operatorname*{arg\,inf}
essinf: \operatorname*{ess\,inf}
minimize: \operatorname*{minimize}
maximize: \operatorname*{maximize}
# brackets
norm nrm: \lVert #1\rVert
Norm: \left\lVert #1\right\rVert
abs card size: \lvert #1\rvert
Abs: \left\lvert #1\right\rvert
ceil ceiling: \lceil #1\rceil
Ceil: \left\lceil #1\right\rceil
floor: \lfloor #1\rfloor
Floor: \left\lfloor #1\right\rfloor
inner ang angles inp ip tuple mean expval vev: \langle #1\rangle
paren parens Par pth: \left(#1\right)
brac brackets sbrac bracks: \left[#1\right]
braces setof: \left\{#1\right\}
sets: \{#1\}
ketbra: |#1\rangle\langle #2|
kket: |#1\rangle\rangle
tup: \mathbf{#1}
seq: \vec{#1}
sem semantics den eval: \llbracket #1\rrbracket
# typefaces and wrappers
mathds mathbbm mathbbmss bb bbb mbb: \mathbb{#1}
mathbold bolds boldmath pmb bs tensor mathbfit: \boldsymbol{#1}
mbf mb vect matr: \mathbf{#1}
mathcaligr euscr EuScript mc mcal mathpzc: \mathcal{#1}
scr: \mathscr{#1}
go gothic mf: \mathfrak{#1}
msf mathsfit class cl: \mathsf{#1}
mathbfcal: \boldsymbol{\mathcal{#1}}
mathsc op: \mathrm{#1}
ensuremath smash mathrlap mathllap mathclap rlap llap vcenter: #1
strut xspace:
ol overbar mathbar widebar: \overline{#1}
ul: \underline{#1}
wt wtilde bigtilde: \widetilde{#1}
wh what wideparen: \widehat{#1}
td: \tilde{#1}
QTR colorbox mathcolor adjustbox: #2
# fractions, relations, signs
nicefrac sfrac: #1/#2
half: \tfrac{1}{2}
fr f: \frac{#1}{#2}
inv: ^{-1}
ra rar: \rightarrow
lra: \longrightarrow
Ra imp: \Rightarrow
goto tends: \to
inj: \hookrightarrow
surj: \twoheadrightarrow
isom: \cong
thicksim: \sim
thickapprox: \approx
Def defeq isdef: :=
deq eqd: \overset{d}{=}
tp ten: \otimes
cross: \times
comp compose: \circ
sm: \setminus
bsl: \backslash
slash: /
bdot: \cdot
shuffle: ⧢
dotsc dotso hdots: \ldots
dotsb dotsm dotsi: \cdots
T: \mathsf{T}
trans transp tran transpose tps: ^{\mathsf T}
st: \text{ s.t. }
arrowvert bracevert: |
Arrowvert: \|
until: \mathbin{\mathsf{U}}
since: \mathbin{\mathsf{S}}
lxor xor: \oplus
qed: \square
ie: \text{i.e.}
eg: \text{e.g.}
wrt: \text{w.r.t.}
TeX: \text{TeX}
LaTeX: \text{LaTeX}
sumn: \sum_{i=1}^n
logn: \log n
sqrtn: \sqrt{n}
loglog: \log\log
ilog: \mathrm{ilog}
tmix: t_{\mathrm{mix}}
dtv: d_{\mathrm{TV}}
dmax: d_{\max}
dmin: d_{\min}
wmin: w_{\min}
wmax: w_{\max}
degrees: {}^\circ
degC celsius: {}^\circ\mathrm{C}
Ohm: \Omega
micro: \mu
permil: ‰
euro: €
Bigtimes: ⨉
invamp parr: ⅋
with: \&
multimapdot: ⊸
cmark: ✓
xmark: ✗
"""


def _others() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _OTHERS.strip().splitlines():
        if not line.startswith("#"):
            names, _, what = line.partition(":")
            found |= dict.fromkeys(names.split(), what.strip())
    return found


def _table() -> dict[str, str]:
    table = {name: what for name, what in _letters().items() if name not in _KNOWN}
    return table | {name: rf"\operatorname{{{name}}}" for name in _UPRIGHT} | _others()


MACROS: Final[dict[str, str]] = _table()
