ldadd x0,x1,[x2]  // atomics
ldaddal w0,w1,[x2] // atomics
stset x0,[x2] // atomics
ldumaxb w0,w1,[x2] // atomics
swpal w0,w1,[x2] // atomics
casal x0,x1,[x2] // atomics
casb w0,w1,[x2] // atomics
caspal x0,x1,x2,x3,[x4] // atomics
ldxp x0,x1,[x2] // 
ldaxr x0,[x2] // 
stlxp w0,x1,x2,[x3] //
ldar x0,[x1] //
ldapr x0,[x1] // lrcpc
ldaprb w0,[x1] // lrcpc
ldapur x0,[x1,#8] // ilrcpc
stlurh w0,[x1,#-8] // ilrcpc
sqrdmlah v0.4s,v1.4s,v2.4s // asimdrdm
sqrdmlsh v0.8h,v1.8h,v2.8h // asimdrdm
sqrdmlah s0,s1,s2 // asimdrdm
sqrdmlah v0.4s,v1.4s,v2.s[1] // asimdrdm
sqrdmlsh s0,s1,v2.s[1] // asimdrdm
sqrdmulh v0.4s,v1.4s,v2.s[1] //
sqrdmulh v0.4s,v1.4s,v2.4s //
mla v0.4s,v1.4s,v2.s[1] //
mls v0.8h,v1.8h,v2.h[3] //
umlal v0.4s,v1.4h,v2.h[1] //
smull v0.4s,v1.4h,v2.h[1] //
fmla v0.4s,v1.4s,v2.s[1] //
fmul v0.2d,v1.2d,v2.d[1] //
fmulx v0.4s,v1.4s,v2.s[1] //
fadd v0.4s,v1.4s,v2.4s //
fmla v0.2d,v1.2d,v2.2d //
ext v0.16b,v1.16b,v2.16b,#4 //
tbl v0.16b,{v1.16b},v2.16b //
dup v0.8h,w1 //
dup h0,v1.h[2] //
dup v0.4s,v1.s[1] //
ins v0.h[1],w1 //
umov w0,v1.h[1] //
zip1 v0.8h,v1.8h,v2.8h //
fcvt s0,h1 //
fcvt d0,h1 //
fcvt h0,s1 //
fcvt h0,d1 //
fcvtl v0.4s,v1.4h //
fcvtn v0.4h,v1.4s //
fcvtxn s0,d1 //
faddp s0,v1.2s //
faddp d0,v1.2d //
fmaxv s0,v1.4s //
addv s0,v1.4s //
saddlv d0,v1.4s //
movi v0.8h,#1 //
fmov v0.4s,#1.0 //
fmov v0.2d,#1.0 //
scvtf v0.4s,v1.4s,#3 //
fcvtzs d0,d1,#3 //
sshr v0.8h,v1.8h,#3 //
sshll v0.4s,v1.4h,#3 //
rev64 v0.8h,v1.8h //
cnt v0.16b,v1.16b //
frintz v0.4s,v1.4s //
frinta d0,d1 //
fadd h0,h1,h2 // fphp
fmadd h0,h1,h2,h3 // fphp
fcmp h0,h1 // fphp
fcsel h0,h1,h2,eq // fphp
fmov h0,w1 // fphp
fmov w0,h1 // fphp
fmov h0,#1.0 // fphp
fsqrt h0,h1 // fphp
fcvtzs w0,h1 // fphp
scvtf h0,x1 // fphp
scvtf h0,w1,#3 // fphp
frinta h0,h1 // fphp
fmulx h0,h1,h2 // fphp
fcmeq h0,h1,#0.0 // fphp
faddp h0,v1.2h // fphp
fmaxnmp h0,v1.2h // fphp
fminp h0,v1.2h // fphp
fmla h0,h1,v2.h[1] // fphp
fmls h0,h1,v2.h[1] // fphp
fmul h0,h1,v2.h[1] // fphp
fmulx h0,h1,v2.h[1] // fphp
fcvtzs h0,h1,#3 // fphp
scvtf h0,h1,#3 // fphp
fadd v0.8h,v1.8h,v2.8h // asimdhp
fmla v0.4h,v1.4h,v2.4h // asimdhp
fmul v0.8h,v1.8h,v2.8h // asimdhp
fdiv v0.8h,v1.8h,v2.8h // asimdhp
fmaxnm v0.8h,v1.8h,v2.8h // asimdhp
faddp v0.8h,v1.8h,v2.8h // asimdhp
fcmgt v0.8h,v1.8h,v2.8h // asimdhp
facge v0.8h,v1.8h,v2.8h // asimdhp
frecps v0.8h,v1.8h,v2.8h // asimdhp
fabd v0.8h,v1.8h,v2.8h // asimdhp
fsqrt v0.8h,v1.8h // asimdhp
fneg v0.8h,v1.8h // asimdhp
fabs v0.8h,v1.8h // asimdhp
scvtf v0.8h,v1.8h // asimdhp
fcvtzu v0.8h,v1.8h // asimdhp
fcmeq v0.8h,v1.8h,#0.0 // asimdhp
frintn v0.8h,v1.8h // asimdhp
fmaxnmv h0,v1.8h // asimdhp
fminv h0,v1.8h // asimdhp
fmaxv h0,v1.8h // asimdhp
fmla v0.8h,v1.8h,v2.h[3] // asimdhp
fmls v0.8h,v1.8h,v2.h[3] // asimdhp
fmul v0.8h,v1.8h,v2.h[3] // asimdhp
fmulx v0.8h,v1.8h,v2.h[3] // asimdhp
fmov v0.8h,#1.0 // asimdhp
scvtf v0.8h,v1.8h,#3 // asimdhp
fcvtzu v0.8h,v1.8h,#3 // asimdhp
sdot v0.4s,v1.16b,v2.16b // asimddp
udot v0.2s,v1.8b,v2.8b // asimddp
udot v0.4s,v1.16b,v2.4b[1] // asimddp
fmlal v0.4s,v1.4h,v2.4h // asimdfhm
fmlsl2 v0.4s,v1.4h,v2.4h // asimdfhm
fmlal v0.4s,v1.4h,v2.h[1] // asimdfhm
fmlsl2 v0.4s,v1.4h,v2.h[1] // asimdfhm
aese v0.16b,v1.16b // aes
aesimc v0.16b,v1.16b // aes
pmull v0.1q,v1.1d,v2.1d // pmull
pmull2 v0.1q,v1.2d,v2.2d // pmull
pmull v0.8h,v1.8b,v2.8b //
sha1c q0,s1,v2.4s // sha1
sha1su0 v0.4s,v1.4s,v2.4s // sha1
sha1h s0,s1 // sha1
sha1su1 v0.4s,v1.4s // sha1
sha256h q0,q1,v2.4s // sha2
sha256su1 v0.4s,v1.4s,v2.4s // sha2
sha256su0 v0.4s,v1.4s // sha2
sha512h q0,q1,v2.2d // sha512
sha512h2 q0,q1,v2.2d // sha512
sha512su1 v0.2d,v1.2d,v2.2d // sha512
sha512su0 v0.2d,v1.2d // sha512
eor3 v0.16b,v1.16b,v2.16b,v3.16b // sha3
bcax v0.16b,v1.16b,v2.16b,v3.16b // sha3
rax1 v0.2d,v1.2d,v2.2d // sha3
xar v0.2d,v1.2d,v2.2d,#3 // sha3
sm3ss1 v0.4s,v1.4s,v2.4s,v3.4s // sm3
sm3tt1a v0.4s,v1.4s,v2.s[1] // sm3
sm3partw1 v0.4s,v1.4s,v2.4s // sm3
sm3partw2 v0.4s,v1.4s,v2.4s // sm3
sm4e v0.4s,v1.4s // sm4
sm4ekey v0.4s,v1.4s,v2.4s // sm4
crc32x w0,w1,x2 // crc32
crc32cb w0,w1,w2 // crc32
udiv w0,w1,w2 //
lslv x0,x1,x2 //
fcadd v0.4s,v1.4s,v2.4s,#90 // fcma
fcadd v0.8h,v1.8h,v2.8h,#270 // fcma
fcmla v0.4s,v1.4s,v2.4s,#90 // fcma
fcmla v0.4s,v1.4s,v2.s[1],#90 // fcma
fcmla v0.8h,v1.8h,v2.h[1],#0 // fcma
fjcvtzs w0,d0 // jscvt
fcvtzs w0,d0 //
retaa // paca
retab // paca
blraa x0,x1 // paca
blraaz x0 // paca
braa x0,x1 // paca
brabz x3 // paca
pacia x0,x1 // paca
autdza x0 // paca
xpacd x0 // paca
ldraa x0,[x1] // paca
ldrab x0,[x1,#8]! // paca
pacga x0,x1,x2 // pacg
paciasp //
autiasp //
xpaclri //
bti c //
ret //
br x1 //
blr x1 //
ldr x0,[x1,x2] //
str x0,[x1,w2,sxtw] //
ldr q0,[x1,x2] //
str h0,[x1,x2] //
ldursw x0,[x1,#-3] //
prfm pldl1keep,[x1,x2] //
rbit x0,x1 //
clz w0,w1 //
setf8 w0 // flagm
setf16 w0 // flagm
rmif x0,#1,#1 // flagm
cfinv // flagm
axflag // flagm2
xaflag // flagm2
adcs x0,x1,x2 //
ccmn x0,x1,#1,eq //
frint32z d0,d1 // frint
frint64x s0,s1 // frint
frint32x v0.4s,v1.4s // frint
frint64z v0.2d,v1.2d // frint
smmla v0.4s,v1.16b,v2.16b // i8mm
ummla v0.4s,v1.16b,v2.16b // i8mm
usmmla v0.4s,v1.16b,v2.16b // i8mm
usdot v0.4s,v1.16b,v2.16b // i8mm
usdot v0.4s,v1.16b,v2.4b[1] // i8mm
sudot v0.4s,v1.16b,v2.4b[1] // i8mm
bfdot v0.4s,v1.8h,v2.8h // bf16
bfdot v0.4s,v1.8h,v2.2h[1] // bf16
bfmmla v0.4s,v1.8h,v2.8h // bf16
bfmlalb v0.4s,v1.8h,v2.8h // bf16
bfmlalt v0.4s,v1.8h,v2.h[1] // bf16
bfcvt h0,s1 // bf16
bfcvtn v0.4h,v1.4s // bf16
bfcvtn2 v0.8h,v1.4s // bf16
mrs x0,rndr // rng
mrs x0,rndrrs // rng
mrs x0,tpidr_el0 //
mrs x0,fpcr //
mrs x0,cntvct_el0 //
wfet x0 // wfxt
wfit x0 // wfxt
wfe //
dmb ish //
ld64b x0,[x2] // ls64
st64b x0,[x2] // ls64
st64bv x0,x2,[x4] // ls64
movz x0,#1 //
svc #0 //
brk #1 //
add z0.d,z1.d,z2.d // sve
fmla z0.d,p0/m,z1.d,z2.d // sve
fmla z0.d,z1.d,z2.d[1] // sve
ptrue p0.b // sve
whilelo p0.s,x0,x1 // sve
whilelt p0.d,w0,w1 // sve
ld1d {z0.d},p0/z,[x0,x1,lsl #3] // sve
ld1w {z0.d},p0/z,[x0,z1.d] // sve
st1d {z0.d},p0,[x0] // sve
ld2w {z0.s,z1.s},p0/z,[x0] // sve
ldff1d {z0.d},p0/z,[x0] // sve
ld1rw {z0.s},p0/z,[x0] // sve
ldr z0,[x0] // sve
str p0,[x0] // sve
incd x0 // sve
cntw x0 // sve
rdvl x0,#1 // sve
addvl sp,sp,#-1 // sve
faddv d0,p0,z1.d // sve
fadda d0,p0,d0,z1.d // sve
sel z0.d,p0,z1.d,z2.d // sve
mov z0.d,#1 // sve
fmov z0.d,#1.0 // sve
dup z0.d,x0 // sve
index z0.s,#0,#1 // sve
mul z0.d,p0/m,z0.d,z1.d // sve
mul z0.s,z0.s,#3 // sve
mla z0.s,p0/m,z1.s,z2.s // sve
sdot z0.s,z1.b,z2.b // sve
udot z0.d,z1.h,z2.h[1] // sve
sdot z0.s,z1.b,z2.b[1] // sve
fcmla z0.s,p0/m,z1.s,z2.s,#90 // sve
fcadd z0.s,p0/m,z0.s,z1.s,#90 // sve
fcmla z0.s,z1.s,z2.s[1],#90 // sve
fmul z0.s,z1.s,z2.s[1] // sve
fcvt z0.d,p0/m,z1.s // sve
fcvtzs z0.d,p0/m,z1.d // sve
tbl z0.b,{z1.b},z2.b // sve
zip1 z0.d,z1.d,z2.d // sve
ext z0.b,z0.b,z1.b,#3 // sve
splice z0.d,p0,z0.d,z1.d // sve
asr z0.d,z1.d,#3 // sve
lsl z0.s,p0/m,z0.s,z1.s // sve
cmpgt p0.d,p1/z,z0.d,z1.d // sve
fcmgt p0.d,p1/z,z0.d,z1.d // sve
sqadd z0.s,z1.s,z2.s // sve
eor z0.d,z1.d,z2.d // sve
compact z0.d,p0,z1.d // sve
prfd pldl1keep,p0,[x0] // sve
sqrdmlah z0.s,z1.s,z2.s // sve2
sqrdmlah z0.s,z1.s,z2.s[1] // sve2
smlalb z0.s,z1.h,z2.h // sve2
smullt z0.s,z1.h,z2.h // sve2
saddlb z0.s,z1.h,z2.h // sve2
saddwb z0.s,z1.s,z2.h // sve2
addhnb z0.h,z1.s,z2.s // sve2
sqxtnb z0.h,z1.s // sve2
shrnb z0.h,z1.s,#3 // sve2
sshllb z0.s,z1.h,#3 // sve2
ssra z0.s,z1.s,#3 // sve2
sli z0.s,z1.s,#3 // sve2
saba z0.s,z1.s,z2.s // sve2
cmla z0.s,z1.s,z2.s,#90 // sve2
cadd z0.s,z0.s,z1.s,#90 // sve2
cdot z0.s,z1.b,z2.b,#90 // sve2
match p0.b,p1/z,z0.b,z1.b // sve2
histcnt z0.s,p0/z,z1.s,z2.s // sve2
shadd z0.s,p0/m,z0.s,z1.s // sve2
srshl z0.s,p0/m,z0.s,z1.s // sve2
addp z0.s,p0/m,z0.s,z1.s // sve2
sqadd z0.s,p0/m,z0.s,z1.s // sve2
mul z0.s,z1.s,z2.s // sve2
mul z0.s,z1.s,z2.s[1] // sve2
mla z0.s,z1.s,z2.s[1] // sve2
smulh z0.s,z1.s,z2.s // sve2
sqdmulh z0.s,z1.s,z2.s // sve2
bsl z0.d,z0.d,z1.d,z2.d // sve2
eor3 z0.d,z0.d,z1.d,z2.d // sve2
xar z0.d,z0.d,z1.d,#3 // sve2
faddp z0.s,p0/m,z0.s,z1.s // sve2
whilege p0.s,x0,x1 // sve2
whilehi p0.s,x0,x1 // sve2
whilerw p0.s,x0,x1 // sve2
tbl z0.b,{z1.b,z2.b},z3.b // sve2
tbx z0.b,z1.b,z2.b // sve2
ext z0.b,{z1.b,z2.b},#3 // sve2
fmlalb z0.s,z1.h,z2.h // sve2
fmlslt z0.s,z1.h,z2.h // sve2
sqshl z0.s,p0/m,z0.s,#3 // sve2
srshr z0.s,p0/m,z0.s,#3 // sve2
splice z0.d,p0,{z1.d,z2.d} // sve2
fcvtlt z0.d,p0/m,z1.s // sve2
fcvtnt z0.s,p0/m,z1.d // sve2
fcvtx z0.s,p0/m,z1.d // sve2
flogb z0.s,p0/m,z1.s // sve2
ldnt1d {z0.d},p0/z,[z1.d,x0] // sve2
stnt1d {z0.d},p0,[z1.d,x0] // sve2
bfmmla z0.s,z1.h,z2.h // svebf16
bfdot z0.s,z1.h,z2.h // svebf16
bfdot z0.s,z1.h,z2.h[1] // svebf16
bfmlalb z0.s,z1.h,z2.h // svebf16
bfmlalt z0.s,z1.h,z2.h[1] // svebf16
bfcvt z0.h,p0/m,z1.s // svebf16
bfcvtnt z0.h,p0/m,z1.s // svebf16
smmla z0.s,z1.b,z2.b // svei8mm
ummla z0.s,z1.b,z2.b // svei8mm
usmmla z0.s,z1.b,z2.b // svei8mm
usdot z0.s,z1.b,z2.b // svei8mm
usdot z0.s,z1.b,z2.b[1] // svei8mm
sudot z0.s,z1.b,z2.b[1] // svei8mm
aese z0.b,z0.b,z1.b // sveaes
aesmc z0.b,z0.b // sveaes
pmullb z0.q,z1.d,z2.d // svepmull
bdep z0.d,z1.d,z2.d // svebitperm
rax1 z0.d,z1.d,z2.d // svesha3
sm4e z0.s,z0.s,z1.s // svesm4
sm4ekey z0.s,z1.s,z2.s // svesm4
fmlsl v0.4s,v1.4h,v2.4h // asimdfhm
fmlal2 v0.4s,v1.4h,v2.h[7] // asimdfhm
ldnt1w {z0.s},p0/z,[z1.s,x0] // sve2
stnt1w {z0.s},p0,[z1.s,x0] // sve2
ldnt1d {z0.d},p0/z,[x0,x1,lsl #3] // sve
stnt1d {z0.d},p0,[x0] // sve
st1w {z0.s},p0,[x0,z1.s,uxtw] // sve
st1d {z0.d},p0,[z1.d] // sve
prfw pldl1keep,p0,[z1.s] // sve
ld1rqd {z0.d},p0/z,[x0] // sve
asrd z0.s,p0/m,z0.s,#3 // sve
lsr z0.s,p0/m,z0.s,#3 // sve
uqshl z0.s,p0/m,z0.s,#3 // sve2
sqshlu z0.s,p0/m,z0.s,#3 // sve2
bsl1n z0.d,z0.d,z1.d,z2.d // sve2
fcvtxnt z0.s,p0/m,z1.d // sve2
aesd z0.b,z0.b,z1.b // sveaes
fmax z0.s,p0/m,z0.s,z1.s // sve
fnmls z0.s,p0/m,z1.s,z2.s // sve
frecpe z0.s,z1.s // sve
fexpa z0.s,z1.s // sve
ftsmul z0.s,z1.s,z2.s // sve
insr z0.s,w0 // sve
lasta x0,p0,z1.d // sve
clastb d0,p0,d0,z1.d // sve
uaddv d0,p0,z1.s // sve
movprfx z0,z1 // sve
revb z0.s,p0/m,z1.s // sve
ctermeq x0,x1 // sve
pnext p0.s,p1,p0.s // sve
rdffr p0.b // sve
brka p0.b,p1/z,p2.b // sve
ld1sb {z0.h},p0/z,[x0] // sve
st64bv0 x0,x2,[x4] // ls64
