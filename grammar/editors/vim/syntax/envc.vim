" Vim syntax file
" Language: envc
" Made from grammar/envc.lark: python -m envc.editor.generate

if exists("b:current_syntax")
  finish
endif
let s:cpo_save = &cpo
set cpo&vim

syn case match
syn sync fromstart

syn match envcTagged /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained
syn match envcVersions /\v\@[^ \t,{}"#+~()]*/ contained
syn match envcNumber /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained
syn match envcString /\v"%([^"\\]|\\.)*"/ contained

syn cluster envcS0 contains=envcB5,envcT0_0,envcT0_1,envcT0_2,envcT0_3,envcT0_4,envcT0_5,envcT0_6,envcT0_7,envcT0_8,envcT0_9,envcT0_10,envcT0_11,envcT0_12,envcT0_13,envcT0_14,envcT0_15,envcT0_16,envcT0_17,envcT0_18,envcT0_19,envcT0_20,envcT0_21,envcT0_22
syn cluster envcA0 contains=envcA0_0,envcA0_1,envcA0_2,envcA0_3,envcA0_4,envcA0_5,envcA0_6,envcA0_7,envcA0_8,envcA0_9,envcA0_10,envcA0_11,envcA0_12,envcA0_13,envcA0_14,envcA0_15,envcA0_16,envcA0_17,envcA0_18,envcA0_19,envcA0_20,envcA0_21,envcA0_22
syn cluster envcC0 contains=@envcS0,envcC0
syn cluster envcU0 contains=@envcS0,envcU0
syn match envcC0 /#.*$/ contained nextgroup=@envcC0 skipwhite skipnl skipempty
hi def link envcC0 envcComment
hi def link envcU0 envcUnit

syn cluster envcS1 contains=envcB12,envcT1_0,envcT1_1,envcT1_2,envcT1_3,envcT1_4,envcT1_5,envcT1_6,envcT1_7,envcT1_8,envcT1_9,envcT1_10,envcT1_11,envcT1_12
syn cluster envcA1 contains=envcA1_0,envcA1_1,envcA1_2,envcA1_3,envcA1_4,envcA1_5,envcA1_6,envcA1_7,envcA1_8,envcA1_9,envcA1_10,envcA1_11,envcA1_12
syn cluster envcC1 contains=@envcS1,envcC1
syn cluster envcU1 contains=@envcS1,envcU1
syn match envcC1 /#.*$/ contained nextgroup=@envcC1 skipwhite skipnl skipempty
hi def link envcC1 envcComment
hi def link envcU1 envcUnit

syn cluster envcS2 contains=envcB14,envcT2_0,envcT2_1,envcT2_2,envcT2_3,envcT2_4,envcT2_5,envcT2_6,envcT2_7,envcT2_8,envcT2_9,envcT2_10,envcT2_11,envcT2_12
syn cluster envcA2 contains=envcA2_0,envcA2_1,envcA2_2,envcA2_3,envcA2_4,envcA2_5,envcA2_6,envcA2_7,envcA2_8,envcA2_9,envcA2_10,envcA2_11,envcA2_12
syn cluster envcC2 contains=@envcS2,envcC2
syn cluster envcU2 contains=@envcS2,envcU2
syn match envcC2 /#.*$/ contained nextgroup=@envcC2 skipwhite skipnl skipempty
hi def link envcC2 envcComment
hi def link envcU2 envcUnit

syn cluster envcS3 contains=envcB15,envcT3_0,envcT3_1,envcT3_2,envcT3_3,envcT3_4,envcT3_5,envcT3_6,envcT3_7,envcT3_8,envcT3_9,envcT3_10,envcT3_11,envcT3_12
syn cluster envcA3 contains=envcA3_0,envcA3_1,envcA3_2,envcA3_3,envcA3_4,envcA3_5,envcA3_6,envcA3_7,envcA3_8,envcA3_9,envcA3_10,envcA3_11,envcA3_12
syn cluster envcC3 contains=@envcS3,envcC3
syn cluster envcU3 contains=@envcS3,envcU3
syn match envcC3 /#.*$/ contained nextgroup=@envcC3 skipwhite skipnl skipempty
hi def link envcC3 envcComment
hi def link envcU3 envcUnit

syn cluster envcS4 contains=envcB0,envcT4_0,envcT4_1,envcT4_2,envcT4_3,envcT4_4,envcT4_5,envcT4_6,envcT4_7,envcT4_8,envcT4_9,envcT4_10,envcT4_11,envcT4_12
syn cluster envcA4 contains=envcA4_0,envcA4_1,envcA4_2,envcA4_3,envcA4_4,envcA4_5,envcA4_6,envcA4_7,envcA4_8,envcA4_9,envcA4_10,envcA4_11,envcA4_12
syn cluster envcC4 contains=@envcS4,envcC4
syn cluster envcU4 contains=@envcS4,envcU4
syn match envcC4 /#.*$/ contained nextgroup=@envcC4 skipwhite skipnl skipempty
hi def link envcC4 envcComment
hi def link envcU4 envcUnit

syn cluster envcS5 contains=envcB19,envcT5_0,envcT5_1,envcT5_2,envcT5_3,envcT5_4,envcT5_5,envcT5_6,envcT5_7,envcT5_8,envcT5_9,envcT5_10,envcT5_11,envcT5_12,envcT5_13,envcT5_14,envcT5_15,envcT5_16,envcT5_17,envcT5_18,envcT5_19,envcT5_20,envcT5_21,envcT5_22,envcT5_23,envcT5_24,envcT5_25,envcT5_26
syn cluster envcA5 contains=envcA5_0,envcA5_1,envcA5_2,envcA5_3,envcA5_4,envcA5_5,envcA5_6,envcA5_7,envcA5_8,envcA5_9,envcA5_10,envcA5_11,envcA5_12,envcA5_13,envcA5_14,envcA5_15,envcA5_16,envcA5_17,envcA5_18,envcA5_19,envcA5_20,envcA5_21,envcA5_22,envcA5_23,envcA5_24,envcA5_25,envcA5_26
syn cluster envcC5 contains=@envcS5,envcC5
syn cluster envcU5 contains=@envcS5,envcU5
syn match envcC5 /#.*$/ contained nextgroup=@envcC5 skipwhite skipnl skipempty
hi def link envcC5 envcComment
hi def link envcU5 envcUnit

syn cluster envcS6 contains=envcB0,envcT6_0,envcT6_1,envcT6_2,envcT6_3,envcT6_4,envcT6_5,envcT6_6,envcT6_7,envcT6_8,envcT6_9,envcT6_10,envcT6_11,envcT6_12,envcT6_13,envcT6_14
syn cluster envcA6 contains=envcA6_0,envcA6_1,envcA6_2,envcA6_3,envcA6_4,envcA6_5,envcA6_6,envcA6_7,envcA6_8,envcA6_9,envcA6_10,envcA6_11,envcA6_12,envcA6_13,envcA6_14
syn cluster envcC6 contains=@envcS6,envcC6
syn cluster envcU6 contains=@envcS6,envcU6
syn match envcC6 /#.*$/ contained nextgroup=@envcC6 skipwhite skipnl skipempty
hi def link envcC6 envcComment
hi def link envcU6 envcUnit

syn cluster envcS7 contains=envcB17,envcT7_0,envcT7_1,envcT7_2,envcT7_3,envcT7_4,envcT7_5,envcT7_6,envcT7_7,envcT7_8,envcT7_9,envcT7_10,envcT7_11,envcT7_12
syn cluster envcA7 contains=envcA7_0,envcA7_1,envcA7_2,envcA7_3,envcA7_4,envcA7_5,envcA7_6,envcA7_7,envcA7_8,envcA7_9,envcA7_10,envcA7_11,envcA7_12
syn cluster envcC7 contains=@envcS7,envcC7
syn cluster envcU7 contains=@envcS7,envcU7
syn match envcC7 /#.*$/ contained nextgroup=@envcC7 skipwhite skipnl skipempty
hi def link envcC7 envcComment
hi def link envcU7 envcUnit

syn cluster envcS8 contains=envcB0,envcT8_0,envcT8_1,envcT8_2,envcT8_3,envcT8_4,envcT8_5,envcT8_6,envcT8_7,envcT8_8,envcT8_9,envcT8_10,envcT8_11,envcT8_12,envcT8_13,envcT8_14
syn cluster envcA8 contains=envcA8_0,envcA8_1,envcA8_2,envcA8_3,envcA8_4,envcA8_5,envcA8_6,envcA8_7,envcA8_8,envcA8_9,envcA8_10,envcA8_11,envcA8_12,envcA8_13,envcA8_14
syn cluster envcC8 contains=@envcS8,envcC8
syn cluster envcU8 contains=@envcS8,envcU8
syn match envcC8 /#.*$/ contained nextgroup=@envcC8 skipwhite skipnl skipempty
hi def link envcC8 envcComment
hi def link envcU8 envcUnit

syn cluster envcS9 contains=envcB19,envcT9_0,envcT9_1,envcT9_2,envcT9_3,envcT9_4,envcT9_5,envcT9_6,envcT9_7,envcT9_8,envcT9_9,envcT9_10,envcT9_11,envcT9_12
syn cluster envcA9 contains=envcA9_0,envcA9_1,envcA9_2,envcA9_3,envcA9_4,envcA9_5,envcA9_6,envcA9_7,envcA9_8,envcA9_9,envcA9_10,envcA9_11,envcA9_12
syn cluster envcC9 contains=@envcS9,envcC9
syn cluster envcU9 contains=@envcS9,envcU9
syn match envcC9 /#.*$/ contained nextgroup=@envcC9 skipwhite skipnl skipempty
hi def link envcC9 envcComment
hi def link envcU9 envcUnit

syn cluster envcS10 contains=envcB0,envcT10_0,envcT10_1,envcT10_2,envcT10_3,envcT10_4,envcT10_5,envcT10_6,envcT10_7,envcT10_8,envcT10_9,envcT10_10,envcT10_11,envcT10_12,envcT10_13
syn cluster envcA10 contains=envcA10_0,envcA10_1,envcA10_2,envcA10_3,envcA10_4,envcA10_5,envcA10_6,envcA10_7,envcA10_8,envcA10_9,envcA10_10,envcA10_11,envcA10_12,envcA10_13
syn cluster envcC10 contains=@envcS10,envcC10
syn cluster envcU10 contains=@envcS10,envcU10
syn match envcC10 /#.*$/ contained nextgroup=@envcC10 skipwhite skipnl skipempty
hi def link envcC10 envcComment
hi def link envcU10 envcUnit

syn cluster envcS11 contains=envcB13,envcT11_0,envcT11_1,envcT11_2,envcT11_3,envcT11_4,envcT11_5,envcT11_6,envcT11_7,envcT11_8,envcT11_9,envcT11_10,envcT11_11,envcT11_12
syn cluster envcA11 contains=envcA11_0,envcA11_1,envcA11_2,envcA11_3,envcA11_4,envcA11_5,envcA11_6,envcA11_7,envcA11_8,envcA11_9,envcA11_10,envcA11_11,envcA11_12
syn cluster envcC11 contains=@envcS11,envcC11
syn cluster envcU11 contains=@envcS11,envcU11
syn match envcC11 /#.*$/ contained nextgroup=@envcC11 skipwhite skipnl skipempty
hi def link envcC11 envcComment
hi def link envcU11 envcUnit

syn cluster envcS12 contains=envcB0,envcT12_0,envcT12_1,envcT12_2,envcT12_3,envcT12_4,envcT12_5,envcT12_6,envcT12_7,envcT12_8,envcT12_9,envcT12_10,envcT12_11,envcT12_12,envcT12_13,envcT12_14,envcT12_15
syn cluster envcA12 contains=envcA12_0,envcA12_1,envcA12_2,envcA12_3,envcA12_4,envcA12_5,envcA12_6,envcA12_7,envcA12_8,envcA12_9,envcA12_10,envcA12_11,envcA12_12,envcA12_13,envcA12_14,envcA12_15
syn cluster envcC12 contains=@envcS12,envcC12
syn cluster envcU12 contains=@envcS12,envcU12
syn match envcC12 /#.*$/ contained nextgroup=@envcC12 skipwhite skipnl skipempty
hi def link envcC12 envcComment
hi def link envcU12 envcUnit

syn cluster envcS13 contains=envcB0,envcT13_0,envcT13_1,envcT13_2,envcT13_3,envcT13_4,envcT13_5,envcT13_6,envcT13_7,envcT13_8,envcT13_9,envcT13_10,envcT13_11,envcT13_12
syn cluster envcA13 contains=envcA13_0,envcA13_1,envcA13_2,envcA13_3,envcA13_4,envcA13_5,envcA13_6,envcA13_7,envcA13_8,envcA13_9,envcA13_10,envcA13_11,envcA13_12
syn cluster envcC13 contains=@envcS13,envcC13
syn cluster envcU13 contains=@envcS13,envcU13
syn match envcC13 /#.*$/ contained nextgroup=@envcC13 skipwhite skipnl skipempty
hi def link envcC13 envcComment
hi def link envcU13 envcUnit

syn cluster envcS14 contains=envcB0,envcT14_0,envcT14_1,envcT14_2,envcT14_3,envcT14_4,envcT14_5,envcT14_6,envcT14_7,envcT14_8,envcT14_9,envcT14_10,envcT14_11,envcT14_12,envcT14_13,envcT14_14,envcT14_15
syn cluster envcA14 contains=envcA14_0,envcA14_1,envcA14_2,envcA14_3,envcA14_4,envcA14_5,envcA14_6,envcA14_7,envcA14_8,envcA14_9,envcA14_10,envcA14_11,envcA14_12,envcA14_13,envcA14_14,envcA14_15
syn cluster envcC14 contains=@envcS14,envcC14
syn cluster envcU14 contains=@envcS14,envcU14
syn match envcC14 /#.*$/ contained nextgroup=@envcC14 skipwhite skipnl skipempty
hi def link envcC14 envcComment
hi def link envcU14 envcUnit

syn cluster envcS15 contains=envcB0,envcT15_0,envcT15_1,envcT15_2,envcT15_3,envcT15_4,envcT15_5,envcT15_6,envcT15_7,envcT15_8,envcT15_9,envcT15_10,envcT15_11,envcT15_12,envcT15_13
syn cluster envcA15 contains=envcA15_0,envcA15_1,envcA15_2,envcA15_3,envcA15_4,envcA15_5,envcA15_6,envcA15_7,envcA15_8,envcA15_9,envcA15_10,envcA15_11,envcA15_12,envcA15_13
syn cluster envcC15 contains=@envcS15,envcC15
syn cluster envcU15 contains=@envcS15,envcU15
syn match envcC15 /#.*$/ contained nextgroup=@envcC15 skipwhite skipnl skipempty
hi def link envcC15 envcComment
hi def link envcU15 envcUnit

syn cluster envcS16 contains=envcB0,envcT16_0,envcT16_1,envcT16_2,envcT16_3,envcT16_4,envcT16_5,envcT16_6,envcT16_7,envcT16_8,envcT16_9,envcT16_10,envcT16_11,envcT16_12
syn cluster envcA16 contains=envcA16_0,envcA16_1,envcA16_2,envcA16_3,envcA16_4,envcA16_5,envcA16_6,envcA16_7,envcA16_8,envcA16_9,envcA16_10,envcA16_11,envcA16_12
syn cluster envcC16 contains=@envcS16,envcC16
syn cluster envcU16 contains=@envcS16,envcU16
syn match envcC16 /#.*$/ contained nextgroup=@envcC16 skipwhite skipnl skipempty
hi def link envcC16 envcComment
hi def link envcU16 envcUnit

syn cluster envcS17 contains=envcB13,envcT17_0,envcT17_1,envcT17_2,envcT17_3,envcT17_4,envcT17_5,envcT17_6,envcT17_7,envcT17_8,envcT17_9,envcT17_10,envcT17_11,envcT17_12
syn cluster envcA17 contains=envcA17_0,envcA17_1,envcA17_2,envcA17_3,envcA17_4,envcA17_5,envcA17_6,envcA17_7,envcA17_8,envcA17_9,envcA17_10,envcA17_11,envcA17_12
syn cluster envcC17 contains=@envcS17,envcC17
syn cluster envcU17 contains=@envcS17,envcU17
syn match envcC17 /#.*$/ contained nextgroup=@envcC17 skipwhite skipnl skipempty
hi def link envcC17 envcComment
hi def link envcU17 envcUnit

syn cluster envcS18 contains=envcB0,envcT18_0,envcT18_1,envcT18_2,envcT18_3,envcT18_4,envcT18_5,envcT18_6,envcT18_7,envcT18_8,envcT18_9,envcT18_10,envcT18_11,envcT18_12
syn cluster envcA18 contains=envcA18_0,envcA18_1,envcA18_2,envcA18_3,envcA18_4,envcA18_5,envcA18_6,envcA18_7,envcA18_8,envcA18_9,envcA18_10,envcA18_11,envcA18_12
syn cluster envcC18 contains=@envcS18,envcC18
syn cluster envcU18 contains=@envcS18,envcU18
syn match envcC18 /#.*$/ contained nextgroup=@envcC18 skipwhite skipnl skipempty
hi def link envcC18 envcComment
hi def link envcU18 envcUnit

syn cluster envcS19 contains=envcB0,envcT19_0,envcT19_1,envcT19_2,envcT19_3,envcT19_4,envcT19_5,envcT19_6,envcT19_7,envcT19_8,envcT19_9,envcT19_10,envcT19_11,envcT19_12
syn cluster envcA19 contains=envcA19_0,envcA19_1,envcA19_2,envcA19_3,envcA19_4,envcA19_5,envcA19_6,envcA19_7,envcA19_8,envcA19_9,envcA19_10,envcA19_11,envcA19_12
syn cluster envcC19 contains=@envcS19,envcC19
syn cluster envcU19 contains=@envcS19,envcU19
syn match envcC19 /#.*$/ contained nextgroup=@envcC19 skipwhite skipnl skipempty
hi def link envcC19 envcComment
hi def link envcU19 envcUnit

syn cluster envcS20 contains=envcB0,envcT20_0,envcT20_1,envcT20_2,envcT20_3,envcT20_4,envcT20_5,envcT20_6,envcT20_7,envcT20_8,envcT20_9,envcT20_10,envcT20_11,envcT20_12,envcT20_13,envcT20_14
syn cluster envcA20 contains=envcA20_0,envcA20_1,envcA20_2,envcA20_3,envcA20_4,envcA20_5,envcA20_6,envcA20_7,envcA20_8,envcA20_9,envcA20_10,envcA20_11,envcA20_12,envcA20_13,envcA20_14
syn cluster envcC20 contains=@envcS20,envcC20
syn cluster envcU20 contains=@envcS20,envcU20
syn match envcC20 /#.*$/ contained nextgroup=@envcC20 skipwhite skipnl skipempty
hi def link envcC20 envcComment
hi def link envcU20 envcUnit

syn cluster envcS21 contains=envcB0,envcT21_0,envcT21_1,envcT21_2,envcT21_3,envcT21_4,envcT21_5,envcT21_6,envcT21_7,envcT21_8,envcT21_9,envcT21_10,envcT21_11,envcT21_12
syn cluster envcA21 contains=envcA21_0,envcA21_1,envcA21_2,envcA21_3,envcA21_4,envcA21_5,envcA21_6,envcA21_7,envcA21_8,envcA21_9,envcA21_10,envcA21_11,envcA21_12
syn cluster envcC21 contains=@envcS21,envcC21
syn cluster envcU21 contains=@envcS21,envcU21
syn match envcC21 /#.*$/ contained nextgroup=@envcC21 skipwhite skipnl skipempty
hi def link envcC21 envcComment
hi def link envcU21 envcUnit

syn cluster envcS22 contains=envcB0,envcT22_0,envcT22_1,envcT22_2,envcT22_3,envcT22_4,envcT22_5,envcT22_6,envcT22_7,envcT22_8,envcT22_9,envcT22_10,envcT22_11,envcT22_12
syn cluster envcA22 contains=envcA22_0,envcA22_1,envcA22_2,envcA22_3,envcA22_4,envcA22_5,envcA22_6,envcA22_7,envcA22_8,envcA22_9,envcA22_10,envcA22_11,envcA22_12
syn cluster envcC22 contains=@envcS22,envcC22
syn cluster envcU22 contains=@envcS22,envcU22
syn match envcC22 /#.*$/ contained nextgroup=@envcC22 skipwhite skipnl skipempty
hi def link envcC22 envcComment
hi def link envcU22 envcUnit

syn cluster envcS23 contains=envcB0,envcT23_0,envcT23_1,envcT23_2,envcT23_3,envcT23_4,envcT23_5,envcT23_6,envcT23_7,envcT23_8,envcT23_9,envcT23_10,envcT23_11,envcT23_12
syn cluster envcA23 contains=envcA23_0,envcA23_1,envcA23_2,envcA23_3,envcA23_4,envcA23_5,envcA23_6,envcA23_7,envcA23_8,envcA23_9,envcA23_10,envcA23_11,envcA23_12
syn cluster envcC23 contains=@envcS23,envcC23
syn cluster envcU23 contains=@envcS23,envcU23
syn match envcC23 /#.*$/ contained nextgroup=@envcC23 skipwhite skipnl skipempty
hi def link envcC23 envcComment
hi def link envcU23 envcUnit

syn cluster envcS24 contains=envcB19,envcT24_0,envcT24_1,envcT24_2,envcT24_3,envcT24_4,envcT24_5,envcT24_6,envcT24_7,envcT24_8,envcT24_9,envcT24_10,envcT24_11,envcT24_12,envcT24_13,envcT24_14,envcT24_15
syn cluster envcA24 contains=envcA24_0,envcA24_1,envcA24_2,envcA24_3,envcA24_4,envcA24_5,envcA24_6,envcA24_7,envcA24_8,envcA24_9,envcA24_10,envcA24_11,envcA24_12,envcA24_13,envcA24_14,envcA24_15
syn cluster envcC24 contains=@envcS24,envcC24
syn cluster envcU24 contains=@envcS24,envcU24
syn match envcC24 /#.*$/ contained nextgroup=@envcC24 skipwhite skipnl skipempty
hi def link envcC24 envcComment
hi def link envcU24 envcUnit

syn cluster envcS25 contains=envcB34,envcT25_0,envcT25_1,envcT25_2,envcT25_3,envcT25_4,envcT25_5,envcT25_6,envcT25_7,envcT25_8,envcT25_9,envcT25_10,envcT25_11,envcT25_12
syn cluster envcA25 contains=envcA25_0,envcA25_1,envcA25_2,envcA25_3,envcA25_4,envcA25_5,envcA25_6,envcA25_7,envcA25_8,envcA25_9,envcA25_10,envcA25_11,envcA25_12
syn cluster envcC25 contains=@envcS25,envcC25
syn cluster envcU25 contains=@envcS25,envcU25
syn match envcC25 /#.*$/ contained nextgroup=@envcC25 skipwhite skipnl skipempty
hi def link envcC25 envcComment
hi def link envcU25 envcUnit

syn cluster envcS26 contains=envcB0,envcT26_0,envcT26_1,envcT26_2,envcT26_3,envcT26_4,envcT26_5,envcT26_6,envcT26_7,envcT26_8,envcT26_9,envcT26_10,envcT26_11,envcT26_12,envcT26_13,envcT26_14
syn cluster envcA26 contains=envcA26_0,envcA26_1,envcA26_2,envcA26_3,envcA26_4,envcA26_5,envcA26_6,envcA26_7,envcA26_8,envcA26_9,envcA26_10,envcA26_11,envcA26_12,envcA26_13,envcA26_14
syn cluster envcC26 contains=@envcS26,envcC26
syn cluster envcU26 contains=@envcS26,envcU26
syn match envcC26 /#.*$/ contained nextgroup=@envcC26 skipwhite skipnl skipempty
hi def link envcC26 envcComment
hi def link envcU26 envcUnit

syn cluster envcS27 contains=envcB0,envcT27_0,envcT27_1,envcT27_2,envcT27_3,envcT27_4,envcT27_5,envcT27_6,envcT27_7,envcT27_8,envcT27_9,envcT27_10,envcT27_11,envcT27_12,envcT27_13,envcT27_14,envcT27_15,envcT27_16
syn cluster envcA27 contains=envcA27_0,envcA27_1,envcA27_2,envcA27_3,envcA27_4,envcA27_5,envcA27_6,envcA27_7,envcA27_8,envcA27_9,envcA27_10,envcA27_11,envcA27_12,envcA27_13,envcA27_14,envcA27_15,envcA27_16
syn cluster envcC27 contains=@envcS27,envcC27
syn cluster envcU27 contains=@envcS27,envcU27
syn match envcC27 /#.*$/ contained nextgroup=@envcC27 skipwhite skipnl skipempty
hi def link envcC27 envcComment
hi def link envcU27 envcUnit

syn cluster envcS28 contains=envcB0,envcT28_0,envcT28_1,envcT28_2,envcT28_3,envcT28_4,envcT28_5,envcT28_6,envcT28_7,envcT28_8,envcT28_9,envcT28_10,envcT28_11,envcT28_12
syn cluster envcA28 contains=envcA28_0,envcA28_1,envcA28_2,envcA28_3,envcA28_4,envcA28_5,envcA28_6,envcA28_7,envcA28_8,envcA28_9,envcA28_10,envcA28_11,envcA28_12
syn cluster envcC28 contains=@envcS28,envcC28
syn cluster envcU28 contains=@envcS28,envcU28
syn match envcC28 /#.*$/ contained nextgroup=@envcC28 skipwhite skipnl skipempty
hi def link envcC28 envcComment
hi def link envcU28 envcUnit

syn cluster envcS29 contains=envcB19,envcT29_0,envcT29_1,envcT29_2,envcT29_3,envcT29_4,envcT29_5,envcT29_6,envcT29_7,envcT29_8,envcT29_9,envcT29_10,envcT29_11,envcT29_12,envcT29_13,envcT29_14
syn cluster envcA29 contains=envcA29_0,envcA29_1,envcA29_2,envcA29_3,envcA29_4,envcA29_5,envcA29_6,envcA29_7,envcA29_8,envcA29_9,envcA29_10,envcA29_11,envcA29_12,envcA29_13,envcA29_14
syn cluster envcC29 contains=@envcS29,envcC29
syn cluster envcU29 contains=@envcS29,envcU29
syn match envcC29 /#.*$/ contained nextgroup=@envcC29 skipwhite skipnl skipempty
hi def link envcC29 envcComment
hi def link envcU29 envcUnit

syn cluster envcS30 contains=envcB0,envcT30_0,envcT30_1,envcT30_2,envcT30_3,envcT30_4,envcT30_5,envcT30_6,envcT30_7,envcT30_8,envcT30_9,envcT30_10,envcT30_11,envcT30_12
syn cluster envcA30 contains=envcA30_0,envcA30_1,envcA30_2,envcA30_3,envcA30_4,envcA30_5,envcA30_6,envcA30_7,envcA30_8,envcA30_9,envcA30_10,envcA30_11,envcA30_12
syn cluster envcC30 contains=@envcS30,envcC30
syn cluster envcU30 contains=@envcS30,envcU30
syn match envcC30 /#.*$/ contained nextgroup=@envcC30 skipwhite skipnl skipempty
hi def link envcC30 envcComment
hi def link envcU30 envcUnit

syn cluster envcS31 contains=envcB19,envcT31_0,envcT31_1,envcT31_2,envcT31_3,envcT31_4,envcT31_5,envcT31_6,envcT31_7,envcT31_8,envcT31_9,envcT31_10,envcT31_11,envcT31_12,envcT31_13
syn cluster envcA31 contains=envcA31_0,envcA31_1,envcA31_2,envcA31_3,envcA31_4,envcA31_5,envcA31_6,envcA31_7,envcA31_8,envcA31_9,envcA31_10,envcA31_11,envcA31_12,envcA31_13
syn cluster envcC31 contains=@envcS31,envcC31
syn cluster envcU31 contains=@envcS31,envcU31
syn match envcC31 /#.*$/ contained nextgroup=@envcC31 skipwhite skipnl skipempty
hi def link envcC31 envcComment
hi def link envcU31 envcUnit

syn cluster envcS32 contains=envcB0,envcT32_0,envcT32_1,envcT32_2,envcT32_3,envcT32_4,envcT32_5,envcT32_6,envcT32_7,envcT32_8,envcT32_9,envcT32_10,envcT32_11,envcT32_12
syn cluster envcA32 contains=envcA32_0,envcA32_1,envcA32_2,envcA32_3,envcA32_4,envcA32_5,envcA32_6,envcA32_7,envcA32_8,envcA32_9,envcA32_10,envcA32_11,envcA32_12
syn cluster envcC32 contains=@envcS32,envcC32
syn cluster envcU32 contains=@envcS32,envcU32
syn match envcC32 /#.*$/ contained nextgroup=@envcC32 skipwhite skipnl skipempty
hi def link envcC32 envcComment
hi def link envcU32 envcUnit

syn cluster envcS33 contains=envcB19,envcT33_0,envcT33_1,envcT33_2,envcT33_3,envcT33_4,envcT33_5,envcT33_6,envcT33_7,envcT33_8,envcT33_9,envcT33_10,envcT33_11,envcT33_12,envcT33_13,envcT33_14
syn cluster envcA33 contains=envcA33_0,envcA33_1,envcA33_2,envcA33_3,envcA33_4,envcA33_5,envcA33_6,envcA33_7,envcA33_8,envcA33_9,envcA33_10,envcA33_11,envcA33_12,envcA33_13,envcA33_14
syn cluster envcC33 contains=@envcS33,envcC33
syn cluster envcU33 contains=@envcS33,envcU33
syn match envcC33 /#.*$/ contained nextgroup=@envcC33 skipwhite skipnl skipempty
hi def link envcC33 envcComment
hi def link envcU33 envcUnit

syn cluster envcS34 contains=envcB0,envcT34_0,envcT34_1,envcT34_2,envcT34_3,envcT34_4,envcT34_5,envcT34_6,envcT34_7,envcT34_8,envcT34_9,envcT34_10,envcT34_11,envcT34_12
syn cluster envcA34 contains=envcA34_0,envcA34_1,envcA34_2,envcA34_3,envcA34_4,envcA34_5,envcA34_6,envcA34_7,envcA34_8,envcA34_9,envcA34_10,envcA34_11,envcA34_12
syn cluster envcC34 contains=@envcS34,envcC34
syn cluster envcU34 contains=@envcS34,envcU34
syn match envcC34 /#.*$/ contained nextgroup=@envcC34 skipwhite skipnl skipempty
hi def link envcC34 envcComment
hi def link envcU34 envcUnit
syn match envcT0_11 /\v[)]/ contained nextgroup=@envcS0 skipwhite
hi def link envcT0_11 envcPunctuation
syn match envcA0_11 /\v%(%(^|\{)\s*)@<=[)]/ nextgroup=@envcS0 skipwhite
hi def link envcA0_11 envcPunctuation
syn match envcT1_11 /\v[)]/ contained nextgroup=@envcS1 skipwhite
hi def link envcT1_11 envcPunctuation
syn match envcT2_11 /\v[)]/ contained nextgroup=@envcS2 skipwhite
hi def link envcT2_11 envcPunctuation
syn match envcT3_11 /\v[)]/ contained nextgroup=@envcS3 skipwhite
hi def link envcT3_11 envcPunctuation
syn match envcT4_11 /\v[)]/ contained nextgroup=@envcS4 skipwhite
hi def link envcT4_11 envcPunctuation
syn match envcT5_11 /\v[)]/ contained nextgroup=@envcS5 skipwhite
hi def link envcT5_11 envcPunctuation
syn match envcA5_11 /\v%(%(^|\{)\s*)@<=[)]/ contained nextgroup=@envcS5 skipwhite
hi def link envcA5_11 envcPunctuation
syn match envcT6_11 /\v[)]/ contained nextgroup=@envcS6 skipwhite
hi def link envcT6_11 envcPunctuation
syn match envcT7_11 /\v[)]/ contained nextgroup=@envcS7 skipwhite
hi def link envcT7_11 envcPunctuation
syn match envcT8_11 /\v[)]/ contained nextgroup=@envcS8 skipwhite
hi def link envcT8_11 envcPunctuation
syn match envcT9_11 /\v[)]/ contained nextgroup=@envcS9 skipwhite
hi def link envcT9_11 envcPunctuation
syn match envcT10_11 /\v[)]/ contained nextgroup=@envcS10 skipwhite
hi def link envcT10_11 envcPunctuation
syn match envcT11_11 /\v[)]/ contained nextgroup=@envcS11 skipwhite
hi def link envcT11_11 envcPunctuation
syn match envcT12_11 /\v[)]/ contained nextgroup=@envcS12 skipwhite
hi def link envcT12_11 envcPunctuation
syn match envcA12_11 /\v%(%(^|\{)\s*)@<=[)]/ contained nextgroup=@envcS12 skipwhite
hi def link envcA12_11 envcPunctuation
syn match envcT13_11 /\v[)]/ contained nextgroup=@envcS13 skipwhite
hi def link envcT13_11 envcPunctuation
syn match envcA13_11 /\v%(%(^|\{)\s*)@<=[)]/ contained nextgroup=@envcS13 skipwhite
hi def link envcA13_11 envcPunctuation
syn match envcT14_11 /\v[)]/ contained nextgroup=@envcS14 skipwhite
hi def link envcT14_11 envcPunctuation
syn match envcA14_11 /\v%(%(^|\{)\s*)@<=[)]/ contained nextgroup=@envcS14 skipwhite
hi def link envcA14_11 envcPunctuation
syn match envcT15_11 /\v[)]/ contained nextgroup=@envcS15 skipwhite
hi def link envcT15_11 envcPunctuation
syn match envcA15_11 /\v%(%(^|\{)\s*)@<=[)]/ contained nextgroup=@envcS15 skipwhite
hi def link envcA15_11 envcPunctuation
syn match envcT16_11 /\v[)]/ contained nextgroup=@envcS16 skipwhite
hi def link envcT16_11 envcPunctuation
syn match envcT17_11 /\v[)]/ contained nextgroup=@envcS17 skipwhite
hi def link envcT17_11 envcPunctuation
syn match envcA17_11 /\v%(%(^|\{)\s*)@<=[)]/ contained nextgroup=@envcS17 skipwhite
hi def link envcA17_11 envcPunctuation
syn match envcT18_11 /\v[)]/ contained nextgroup=@envcS18 skipwhite
hi def link envcT18_11 envcPunctuation
syn match envcT19_11 /\v[)]/ contained nextgroup=@envcS19 skipwhite
hi def link envcT19_11 envcPunctuation
syn match envcA19_11 /\v%(%(^|\{)\s*)@<=[)]/ contained nextgroup=@envcS19 skipwhite
hi def link envcA19_11 envcPunctuation
syn match envcT20_11 /\v[)]/ contained nextgroup=@envcS20 skipwhite
hi def link envcT20_11 envcPunctuation
syn match envcT21_11 /\v[)]/ contained nextgroup=@envcS21 skipwhite
hi def link envcT21_11 envcPunctuation
syn match envcT22_11 /\v[)]/ contained nextgroup=@envcS22 skipwhite
hi def link envcT22_11 envcPunctuation
syn match envcT23_11 /\v[)]/ contained nextgroup=@envcS23 skipwhite
hi def link envcT23_11 envcPunctuation
syn match envcT24_11 /\v[)]/ contained nextgroup=@envcS24 skipwhite
hi def link envcT24_11 envcPunctuation
syn match envcT25_11 /\v[)]/ contained nextgroup=@envcS25 skipwhite
hi def link envcT25_11 envcPunctuation
syn match envcT26_11 /\v[)]/ contained nextgroup=@envcS26 skipwhite
hi def link envcT26_11 envcPunctuation
syn match envcT27_11 /\v[)]/ contained nextgroup=@envcS27 skipwhite
hi def link envcT27_11 envcPunctuation
syn match envcT28_11 /\v[)]/ contained nextgroup=@envcS28 skipwhite
hi def link envcT28_11 envcPunctuation
syn match envcT29_11 /\v[)]/ contained nextgroup=@envcS29 skipwhite
hi def link envcT29_11 envcPunctuation
syn match envcT30_11 /\v[)]/ contained nextgroup=@envcS30 skipwhite
hi def link envcT30_11 envcPunctuation
syn match envcT31_11 /\v[)]/ contained nextgroup=@envcS31 skipwhite
hi def link envcT31_11 envcPunctuation
syn match envcT32_11 /\v[)]/ contained nextgroup=@envcS32 skipwhite
hi def link envcT32_11 envcPunctuation
syn match envcT33_11 /\v[)]/ contained nextgroup=@envcS33 skipwhite
hi def link envcT33_11 envcPunctuation
syn match envcT34_11 /\v[)]/ contained nextgroup=@envcS34 skipwhite
hi def link envcT34_11 envcPunctuation
syn match envcA34_11 /\v%(%(^|\{)\s*)@<=[)]/ contained nextgroup=@envcS34 skipwhite
hi def link envcA34_11 envcPunctuation
syn match envcT0_10 /\v[(]/ contained nextgroup=@envcS0 skipwhite
hi def link envcT0_10 envcPunctuation
syn match envcA0_10 /\v%(%(^|\{)\s*)@<=[(]/ nextgroup=@envcS0 skipwhite
hi def link envcA0_10 envcPunctuation
syn match envcT1_10 /\v[(]/ contained nextgroup=@envcS1 skipwhite
hi def link envcT1_10 envcPunctuation
syn match envcT2_10 /\v[(]/ contained nextgroup=@envcS2 skipwhite
hi def link envcT2_10 envcPunctuation
syn match envcT3_10 /\v[(]/ contained nextgroup=@envcS3 skipwhite
hi def link envcT3_10 envcPunctuation
syn match envcT4_10 /\v[(]/ contained nextgroup=@envcS4 skipwhite
hi def link envcT4_10 envcPunctuation
syn match envcT5_10 /\v[(]/ contained nextgroup=@envcS5 skipwhite
hi def link envcT5_10 envcPunctuation
syn match envcA5_10 /\v%(%(^|\{)\s*)@<=[(]/ contained nextgroup=@envcS5 skipwhite
hi def link envcA5_10 envcPunctuation
syn match envcT6_10 /\v[(]/ contained nextgroup=@envcS6 skipwhite
hi def link envcT6_10 envcPunctuation
syn match envcT7_10 /\v[(]/ contained nextgroup=@envcS7 skipwhite
hi def link envcT7_10 envcPunctuation
syn match envcT8_10 /\v[(]/ contained nextgroup=@envcS8 skipwhite
hi def link envcT8_10 envcPunctuation
syn match envcT9_10 /\v[(]/ contained nextgroup=@envcS9 skipwhite
hi def link envcT9_10 envcPunctuation
syn match envcT10_10 /\v[(]/ contained nextgroup=@envcS10 skipwhite
hi def link envcT10_10 envcPunctuation
syn match envcT11_10 /\v[(]/ contained nextgroup=@envcS11 skipwhite
hi def link envcT11_10 envcPunctuation
syn match envcT12_10 /\v[(]/ contained nextgroup=@envcS12 skipwhite
hi def link envcT12_10 envcPunctuation
syn match envcA12_10 /\v%(%(^|\{)\s*)@<=[(]/ contained nextgroup=@envcS12 skipwhite
hi def link envcA12_10 envcPunctuation
syn match envcT13_10 /\v[(]/ contained nextgroup=@envcS13 skipwhite
hi def link envcT13_10 envcPunctuation
syn match envcA13_10 /\v%(%(^|\{)\s*)@<=[(]/ contained nextgroup=@envcS13 skipwhite
hi def link envcA13_10 envcPunctuation
syn match envcT14_10 /\v[(]/ contained nextgroup=@envcS14 skipwhite
hi def link envcT14_10 envcPunctuation
syn match envcA14_10 /\v%(%(^|\{)\s*)@<=[(]/ contained nextgroup=@envcS14 skipwhite
hi def link envcA14_10 envcPunctuation
syn match envcT15_10 /\v[(]/ contained nextgroup=@envcS15 skipwhite
hi def link envcT15_10 envcPunctuation
syn match envcA15_10 /\v%(%(^|\{)\s*)@<=[(]/ contained nextgroup=@envcS15 skipwhite
hi def link envcA15_10 envcPunctuation
syn match envcT16_10 /\v[(]/ contained nextgroup=@envcS16 skipwhite
hi def link envcT16_10 envcPunctuation
syn match envcT17_10 /\v[(]/ contained nextgroup=@envcS17 skipwhite
hi def link envcT17_10 envcPunctuation
syn match envcA17_10 /\v%(%(^|\{)\s*)@<=[(]/ contained nextgroup=@envcS17 skipwhite
hi def link envcA17_10 envcPunctuation
syn match envcT18_10 /\v[(]/ contained nextgroup=@envcS18 skipwhite
hi def link envcT18_10 envcPunctuation
syn match envcT19_10 /\v[(]/ contained nextgroup=@envcS19 skipwhite
hi def link envcT19_10 envcPunctuation
syn match envcA19_10 /\v%(%(^|\{)\s*)@<=[(]/ contained nextgroup=@envcS19 skipwhite
hi def link envcA19_10 envcPunctuation
syn match envcT20_10 /\v[(]/ contained nextgroup=@envcS20 skipwhite
hi def link envcT20_10 envcPunctuation
syn match envcT21_10 /\v[(]/ contained nextgroup=@envcS21 skipwhite
hi def link envcT21_10 envcPunctuation
syn match envcT22_10 /\v[(]/ contained nextgroup=@envcS22 skipwhite
hi def link envcT22_10 envcPunctuation
syn match envcT23_10 /\v[(]/ contained nextgroup=@envcS23 skipwhite
hi def link envcT23_10 envcPunctuation
syn match envcT24_10 /\v[(]/ contained nextgroup=@envcS24 skipwhite
hi def link envcT24_10 envcPunctuation
syn match envcT25_10 /\v[(]/ contained nextgroup=@envcS25 skipwhite
hi def link envcT25_10 envcPunctuation
syn match envcT26_10 /\v[(]/ contained nextgroup=@envcS26 skipwhite
hi def link envcT26_10 envcPunctuation
syn match envcT27_10 /\v[(]/ contained nextgroup=@envcS27 skipwhite
hi def link envcT27_10 envcPunctuation
syn match envcT28_10 /\v[(]/ contained nextgroup=@envcS28 skipwhite
hi def link envcT28_10 envcPunctuation
syn match envcT29_10 /\v[(]/ contained nextgroup=@envcS29 skipwhite
hi def link envcT29_10 envcPunctuation
syn match envcT30_10 /\v[(]/ contained nextgroup=@envcS30 skipwhite
hi def link envcT30_10 envcPunctuation
syn match envcT31_10 /\v[(]/ contained nextgroup=@envcS31 skipwhite
hi def link envcT31_10 envcPunctuation
syn match envcT32_10 /\v[(]/ contained nextgroup=@envcS32 skipwhite
hi def link envcT32_10 envcPunctuation
syn match envcT33_10 /\v[(]/ contained nextgroup=@envcS33 skipwhite
hi def link envcT33_10 envcPunctuation
syn match envcT34_10 /\v[(]/ contained nextgroup=@envcS34 skipwhite
hi def link envcT34_10 envcPunctuation
syn match envcA34_10 /\v%(%(^|\{)\s*)@<=[(]/ contained nextgroup=@envcS34 skipwhite
hi def link envcA34_10 envcPunctuation
syn match envcT0_9 /\v[,]/ contained nextgroup=@envcC3 skipwhite skipnl skipempty
hi def link envcT0_9 envcPunctuation
syn match envcA0_9 /\v%(%(^|\{)\s*)@<=[,]/ nextgroup=@envcC3 skipwhite skipnl skipempty
hi def link envcA0_9 envcPunctuation
syn match envcT1_9 /\v[,]/ contained nextgroup=@envcC1 skipwhite skipnl skipempty
hi def link envcT1_9 envcPunctuation
syn match envcT2_9 /\v[,]/ contained nextgroup=@envcC2 skipwhite skipnl skipempty
hi def link envcT2_9 envcPunctuation
syn match envcT3_9 /\v[,]/ contained nextgroup=@envcC3 skipwhite skipnl skipempty
hi def link envcT3_9 envcPunctuation
syn match envcT4_9 /\v[,]/ contained nextgroup=@envcC4 skipwhite skipnl skipempty
hi def link envcT4_9 envcPunctuation
syn match envcT5_9 /\v[,]/ contained nextgroup=@envcC1 skipwhite skipnl skipempty
hi def link envcT5_9 envcPunctuation
syn match envcA5_9 /\v%(%(^|\{)\s*)@<=[,]/ contained nextgroup=@envcC1 skipwhite skipnl skipempty
hi def link envcA5_9 envcPunctuation
syn match envcT6_9 /\v[,]/ contained nextgroup=@envcC6 skipwhite skipnl skipempty
hi def link envcT6_9 envcPunctuation
syn match envcT7_9 /\v[,]/ contained nextgroup=@envcC7 skipwhite skipnl skipempty
hi def link envcT7_9 envcPunctuation
syn match envcT8_9 /\v[,]/ contained nextgroup=@envcC8 skipwhite skipnl skipempty
hi def link envcT8_9 envcPunctuation
syn match envcT9_9 /\v[,]/ contained nextgroup=@envcC9 skipwhite skipnl skipempty
hi def link envcT9_9 envcPunctuation
syn match envcT10_9 /\v[,]/ contained nextgroup=@envcC10 skipwhite skipnl skipempty
hi def link envcT10_9 envcPunctuation
syn match envcT11_9 /\v[,]/ contained nextgroup=@envcC17 skipwhite skipnl skipempty
hi def link envcT11_9 envcPunctuation
syn match envcT12_9 /\v[,]/ contained nextgroup=@envcC12 skipwhite skipnl skipempty
hi def link envcT12_9 envcPunctuation
syn match envcA12_9 /\v%(%(^|\{)\s*)@<=[,]/ contained nextgroup=@envcC12 skipwhite skipnl skipempty
hi def link envcA12_9 envcPunctuation
syn match envcT13_9 /\v[,]/ contained nextgroup=@envcC13 skipwhite skipnl skipempty
hi def link envcT13_9 envcPunctuation
syn match envcA13_9 /\v%(%(^|\{)\s*)@<=[,]/ contained nextgroup=@envcC13 skipwhite skipnl skipempty
hi def link envcA13_9 envcPunctuation
syn match envcT14_9 /\v[,]/ contained nextgroup=@envcC14 skipwhite skipnl skipempty
hi def link envcT14_9 envcPunctuation
syn match envcA14_9 /\v%(%(^|\{)\s*)@<=[,]/ contained nextgroup=@envcC14 skipwhite skipnl skipempty
hi def link envcA14_9 envcPunctuation
syn match envcT15_9 /\v[,]/ contained nextgroup=@envcC15 skipwhite skipnl skipempty
hi def link envcT15_9 envcPunctuation
syn match envcA15_9 /\v%(%(^|\{)\s*)@<=[,]/ contained nextgroup=@envcC15 skipwhite skipnl skipempty
hi def link envcA15_9 envcPunctuation
syn match envcT16_9 /\v[,]/ contained nextgroup=@envcC16 skipwhite skipnl skipempty
hi def link envcT16_9 envcPunctuation
syn match envcT17_9 /\v[,]/ contained nextgroup=@envcC17 skipwhite skipnl skipempty
hi def link envcT17_9 envcPunctuation
syn match envcA17_9 /\v%(%(^|\{)\s*)@<=[,]/ contained nextgroup=@envcC17 skipwhite skipnl skipempty
hi def link envcA17_9 envcPunctuation
syn match envcT18_9 /\v[,]/ contained nextgroup=@envcC18 skipwhite skipnl skipempty
hi def link envcT18_9 envcPunctuation
syn match envcT19_9 /\v[,]/ contained nextgroup=@envcC19 skipwhite skipnl skipempty
hi def link envcT19_9 envcPunctuation
syn match envcA19_9 /\v%(%(^|\{)\s*)@<=[,]/ contained nextgroup=@envcC19 skipwhite skipnl skipempty
hi def link envcA19_9 envcPunctuation
syn match envcT20_9 /\v[,]/ contained nextgroup=@envcC20 skipwhite skipnl skipempty
hi def link envcT20_9 envcPunctuation
syn match envcT21_9 /\v[,]/ contained nextgroup=@envcC21 skipwhite skipnl skipempty
hi def link envcT21_9 envcPunctuation
syn match envcT22_9 /\v[,]/ contained nextgroup=@envcC22 skipwhite skipnl skipempty
hi def link envcT22_9 envcPunctuation
syn match envcT23_9 /\v[,]/ contained nextgroup=@envcC23 skipwhite skipnl skipempty
hi def link envcT23_9 envcPunctuation
syn match envcT24_9 /\v[,]/ contained nextgroup=@envcC6 skipwhite skipnl skipempty
hi def link envcT24_9 envcPunctuation
syn match envcT25_9 /\v[,]/ contained nextgroup=@envcC25 skipwhite skipnl skipempty
hi def link envcT25_9 envcPunctuation
syn match envcT26_9 /\v[,]/ contained nextgroup=@envcC26 skipwhite skipnl skipempty
hi def link envcT26_9 envcPunctuation
syn match envcT27_9 /\v[,]/ contained nextgroup=@envcC27 skipwhite skipnl skipempty
hi def link envcT27_9 envcPunctuation
syn match envcT28_9 /\v[,]/ contained nextgroup=@envcC28 skipwhite skipnl skipempty
hi def link envcT28_9 envcPunctuation
syn match envcT29_9 /\v[,]/ contained nextgroup=@envcC16 skipwhite skipnl skipempty
hi def link envcT29_9 envcPunctuation
syn match envcT30_9 /\v[,]/ contained nextgroup=@envcC30 skipwhite skipnl skipempty
hi def link envcT30_9 envcPunctuation
syn match envcT31_9 /\v[,]/ contained nextgroup=@envcC20 skipwhite skipnl skipempty
hi def link envcT31_9 envcPunctuation
syn match envcT32_9 /\v[,]/ contained nextgroup=@envcC32 skipwhite skipnl skipempty
hi def link envcT32_9 envcPunctuation
syn match envcT33_9 /\v[,]/ contained nextgroup=@envcC6 skipwhite skipnl skipempty
hi def link envcT33_9 envcPunctuation
syn match envcT34_9 /\v[,]/ contained nextgroup=@envcC34 skipwhite skipnl skipempty
hi def link envcT34_9 envcPunctuation
syn match envcA34_9 /\v%(%(^|\{)\s*)@<=[,]/ contained nextgroup=@envcC34 skipwhite skipnl skipempty
hi def link envcA34_9 envcPunctuation
syn match envcT0_8 /\v[|]/ contained nextgroup=@envcC0 skipwhite skipnl skipempty
hi def link envcT0_8 envcOperator
syn match envcA0_8 /\v%(%(^|\{)\s*)@<=[|]/ nextgroup=@envcC0 skipwhite skipnl skipempty
hi def link envcA0_8 envcOperator
syn match envcT1_8 /\v[|]/ contained nextgroup=@envcC1 skipwhite skipnl skipempty
hi def link envcT1_8 envcOperator
syn match envcT2_8 /\v[|]/ contained nextgroup=@envcC2 skipwhite skipnl skipempty
hi def link envcT2_8 envcOperator
syn match envcT3_8 /\v[|]/ contained nextgroup=@envcC3 skipwhite skipnl skipempty
hi def link envcT3_8 envcOperator
syn match envcT4_8 /\v[|]/ contained nextgroup=@envcC4 skipwhite skipnl skipempty
hi def link envcT4_8 envcOperator
syn match envcT5_8 /\v[|]/ contained nextgroup=@envcC5 skipwhite skipnl skipempty
hi def link envcT5_8 envcOperator
syn match envcA5_8 /\v%(%(^|\{)\s*)@<=[|]/ contained nextgroup=@envcC5 skipwhite skipnl skipempty
hi def link envcA5_8 envcOperator
syn match envcT6_8 /\v[|]/ contained nextgroup=@envcC6 skipwhite skipnl skipempty
hi def link envcT6_8 envcOperator
syn match envcT7_8 /\v[|]/ contained nextgroup=@envcC7 skipwhite skipnl skipempty
hi def link envcT7_8 envcOperator
syn match envcT8_8 /\v[|]/ contained nextgroup=@envcC8 skipwhite skipnl skipempty
hi def link envcT8_8 envcOperator
syn match envcT9_8 /\v[|]/ contained nextgroup=@envcC9 skipwhite skipnl skipempty
hi def link envcT9_8 envcOperator
syn match envcT10_8 /\v[|]/ contained nextgroup=@envcC10 skipwhite skipnl skipempty
hi def link envcT10_8 envcOperator
syn match envcT11_8 /\v[|]/ contained nextgroup=@envcC11 skipwhite skipnl skipempty
hi def link envcT11_8 envcOperator
syn match envcT12_8 /\v[|]/ contained nextgroup=@envcC12 skipwhite skipnl skipempty
hi def link envcT12_8 envcOperator
syn match envcA12_8 /\v%(%(^|\{)\s*)@<=[|]/ contained nextgroup=@envcC12 skipwhite skipnl skipempty
hi def link envcA12_8 envcOperator
syn match envcT13_8 /\v[|]/ contained nextgroup=@envcC13 skipwhite skipnl skipempty
hi def link envcT13_8 envcOperator
syn match envcA13_8 /\v%(%(^|\{)\s*)@<=[|]/ contained nextgroup=@envcC13 skipwhite skipnl skipempty
hi def link envcA13_8 envcOperator
syn match envcT14_8 /\v[|]/ contained nextgroup=@envcC14 skipwhite skipnl skipempty
hi def link envcT14_8 envcOperator
syn match envcA14_8 /\v%(%(^|\{)\s*)@<=[|]/ contained nextgroup=@envcC14 skipwhite skipnl skipempty
hi def link envcA14_8 envcOperator
syn match envcT15_8 /\v[|]/ contained nextgroup=@envcC15 skipwhite skipnl skipempty
hi def link envcT15_8 envcOperator
syn match envcA15_8 /\v%(%(^|\{)\s*)@<=[|]/ contained nextgroup=@envcC15 skipwhite skipnl skipempty
hi def link envcA15_8 envcOperator
syn match envcT16_8 /\v[|]/ contained nextgroup=@envcC16 skipwhite skipnl skipempty
hi def link envcT16_8 envcOperator
syn match envcT17_8 /\v[|]/ contained nextgroup=@envcC17 skipwhite skipnl skipempty
hi def link envcT17_8 envcOperator
syn match envcA17_8 /\v%(%(^|\{)\s*)@<=[|]/ contained nextgroup=@envcC17 skipwhite skipnl skipempty
hi def link envcA17_8 envcOperator
syn match envcT18_8 /\v[|]/ contained nextgroup=@envcC18 skipwhite skipnl skipempty
hi def link envcT18_8 envcOperator
syn match envcT19_8 /\v[|]/ contained nextgroup=@envcC19 skipwhite skipnl skipempty
hi def link envcT19_8 envcOperator
syn match envcA19_8 /\v%(%(^|\{)\s*)@<=[|]/ contained nextgroup=@envcC19 skipwhite skipnl skipempty
hi def link envcA19_8 envcOperator
syn match envcT20_8 /\v[|]/ contained nextgroup=@envcC20 skipwhite skipnl skipempty
hi def link envcT20_8 envcOperator
syn match envcT21_8 /\v[|]/ contained nextgroup=@envcC21 skipwhite skipnl skipempty
hi def link envcT21_8 envcOperator
syn match envcT22_8 /\v[|]/ contained nextgroup=@envcC22 skipwhite skipnl skipempty
hi def link envcT22_8 envcOperator
syn match envcT23_8 /\v[|]/ contained nextgroup=@envcC23 skipwhite skipnl skipempty
hi def link envcT23_8 envcOperator
syn match envcT24_8 /\v[|]/ contained nextgroup=@envcC18 skipwhite skipnl skipempty
hi def link envcT24_8 envcOperator
syn match envcT25_8 /\v[|]/ contained nextgroup=@envcC25 skipwhite skipnl skipempty
hi def link envcT25_8 envcOperator
syn match envcT26_8 /\v[|]/ contained nextgroup=@envcC26 skipwhite skipnl skipempty
hi def link envcT26_8 envcOperator
syn match envcT27_8 /\v[|]/ contained nextgroup=@envcC27 skipwhite skipnl skipempty
hi def link envcT27_8 envcOperator
syn match envcT28_8 /\v[|]/ contained nextgroup=@envcC28 skipwhite skipnl skipempty
hi def link envcT28_8 envcOperator
syn match envcT29_8 /\v[|]/ contained nextgroup=@envcC29 skipwhite skipnl skipempty
hi def link envcT29_8 envcOperator
syn match envcT30_8 /\v[|]/ contained nextgroup=@envcC30 skipwhite skipnl skipempty
hi def link envcT30_8 envcOperator
syn match envcT31_8 /\v[|]/ contained nextgroup=@envcC31 skipwhite skipnl skipempty
hi def link envcT31_8 envcOperator
syn match envcT32_8 /\v[|]/ contained nextgroup=@envcC32 skipwhite skipnl skipempty
hi def link envcT32_8 envcOperator
syn match envcT33_8 /\v[|]/ contained nextgroup=@envcC33 skipwhite skipnl skipempty
hi def link envcT33_8 envcOperator
syn match envcT34_8 /\v[|]/ contained nextgroup=@envcC34 skipwhite skipnl skipempty
hi def link envcT34_8 envcOperator
syn match envcA34_8 /\v%(%(^|\{)\s*)@<=[|]/ contained nextgroup=@envcC34 skipwhite skipnl skipempty
hi def link envcA34_8 envcOperator
syn match envcT0_7 /\v[=]/ contained nextgroup=@envcS3 skipwhite
hi def link envcT0_7 envcOperator
syn match envcA0_7 /\v%(%(^|\{)\s*)@<=[=]/ nextgroup=@envcS3 skipwhite
hi def link envcA0_7 envcOperator
syn match envcT1_7 /\v[=]/ contained nextgroup=@envcS11 skipwhite
hi def link envcT1_7 envcOperator
syn match envcT2_7 /\v[=]/ contained nextgroup=@envcS13 skipwhite
hi def link envcT2_7 envcOperator
syn match envcT3_7 /\v[=]/ contained nextgroup=@envcS3 skipwhite
hi def link envcT3_7 envcOperator
syn match envcT4_7 /\v[=]/ contained nextgroup=@envcS4 skipwhite
hi def link envcT4_7 envcOperator
syn match envcT5_7 /\v[=]/ contained nextgroup=@envcS18 skipwhite
hi def link envcT5_7 envcOperator
syn match envcA5_7 /\v%(%(^|\{)\s*)@<=[=]/ contained nextgroup=@envcS18 skipwhite
hi def link envcA5_7 envcOperator
syn match envcT6_7 /\v[=]/ contained nextgroup=@envcS6 skipwhite
hi def link envcT6_7 envcOperator
syn match envcT7_7 /\v[=]/ contained nextgroup=@envcS7 skipwhite
hi def link envcT7_7 envcOperator
syn match envcT8_7 /\v[=]/ contained nextgroup=@envcS8 skipwhite
hi def link envcT8_7 envcOperator
syn match envcT9_7 /\v[=]/ contained nextgroup=@envcS9 skipwhite
hi def link envcT9_7 envcOperator
syn match envcT10_7 /\v[=]/ contained nextgroup=@envcS10 skipwhite
hi def link envcT10_7 envcOperator
syn match envcT11_7 /\v[=]/ contained nextgroup=@envcS11 skipwhite
hi def link envcT11_7 envcOperator
syn match envcT12_7 /\v[=]/ contained nextgroup=@envcS12 skipwhite
hi def link envcT12_7 envcOperator
syn match envcA12_7 /\v%(%(^|\{)\s*)@<=[=]/ contained nextgroup=@envcS12 skipwhite
hi def link envcA12_7 envcOperator
syn match envcT13_7 /\v[=]/ contained nextgroup=@envcS13 skipwhite
hi def link envcT13_7 envcOperator
syn match envcA13_7 /\v%(%(^|\{)\s*)@<=[=]/ contained nextgroup=@envcS13 skipwhite
hi def link envcA13_7 envcOperator
syn match envcT14_7 /\v[=]/ contained nextgroup=@envcS14 skipwhite
hi def link envcT14_7 envcOperator
syn match envcA14_7 /\v%(%(^|\{)\s*)@<=[=]/ contained nextgroup=@envcS14 skipwhite
hi def link envcA14_7 envcOperator
syn match envcT15_7 /\v[=]/ contained nextgroup=@envcS15 skipwhite
hi def link envcT15_7 envcOperator
syn match envcA15_7 /\v%(%(^|\{)\s*)@<=[=]/ contained nextgroup=@envcS15 skipwhite
hi def link envcA15_7 envcOperator
syn match envcT16_7 /\v[=]/ contained nextgroup=@envcS16 skipwhite
hi def link envcT16_7 envcOperator
syn match envcT17_7 /\v[=]/ contained nextgroup=@envcS17 skipwhite
hi def link envcT17_7 envcOperator
syn match envcA17_7 /\v%(%(^|\{)\s*)@<=[=]/ contained nextgroup=@envcS17 skipwhite
hi def link envcA17_7 envcOperator
syn match envcT18_7 /\v[=]/ contained nextgroup=@envcS18 skipwhite
hi def link envcT18_7 envcOperator
syn match envcT19_7 /\v[=]/ contained nextgroup=@envcS19 skipwhite
hi def link envcT19_7 envcOperator
syn match envcA19_7 /\v%(%(^|\{)\s*)@<=[=]/ contained nextgroup=@envcS19 skipwhite
hi def link envcA19_7 envcOperator
syn match envcT20_7 /\v[=]/ contained nextgroup=@envcS20 skipwhite
hi def link envcT20_7 envcOperator
syn match envcT21_7 /\v[=]/ contained nextgroup=@envcS21 skipwhite
hi def link envcT21_7 envcOperator
syn match envcT22_7 /\v[=]/ contained nextgroup=@envcS22 skipwhite
hi def link envcT22_7 envcOperator
syn match envcT23_7 /\v[=]/ contained nextgroup=@envcS23 skipwhite
hi def link envcT23_7 envcOperator
syn match envcT24_7 /\v[=]/ contained nextgroup=@envcS24 skipwhite
hi def link envcT24_7 envcOperator
syn match envcT25_7 /\v[=]/ contained nextgroup=@envcS25 skipwhite
hi def link envcT25_7 envcOperator
syn match envcT26_7 /\v[=]/ contained nextgroup=@envcS17 skipwhite
hi def link envcT26_7 envcOperator
syn match envcT27_7 /\v[=]/ contained nextgroup=@envcS27 skipwhite
hi def link envcT27_7 envcOperator
syn match envcT28_7 /\v[=]/ contained nextgroup=@envcS28 skipwhite
hi def link envcT28_7 envcOperator
syn match envcT29_7 /\v[=]/ contained nextgroup=@envcS29 skipwhite
hi def link envcT29_7 envcOperator
syn match envcT30_7 /\v[=]/ contained nextgroup=@envcS30 skipwhite
hi def link envcT30_7 envcOperator
syn match envcT31_7 /\v[=]/ contained nextgroup=@envcS31 skipwhite
hi def link envcT31_7 envcOperator
syn match envcT32_7 /\v[=]/ contained nextgroup=@envcS32 skipwhite
hi def link envcT32_7 envcOperator
syn match envcT33_7 /\v[=]/ contained nextgroup=@envcS33 skipwhite
hi def link envcT33_7 envcOperator
syn match envcT34_7 /\v[=]/ contained nextgroup=@envcS34 skipwhite
hi def link envcT34_7 envcOperator
syn match envcA34_7 /\v%(%(^|\{)\s*)@<=[=]/ contained nextgroup=@envcS34 skipwhite
hi def link envcA34_7 envcOperator
syn match envcT0_6 /\v[~]/ contained nextgroup=@envcS0 skipwhite
hi def link envcT0_6 envcOperator
syn match envcA0_6 /\v%(%(^|\{)\s*)@<=[~]/ nextgroup=@envcS0 skipwhite
hi def link envcA0_6 envcOperator
syn match envcT1_6 /\v[~]/ contained nextgroup=@envcS1 skipwhite
hi def link envcT1_6 envcOperator
syn match envcT2_6 /\v[~]/ contained nextgroup=@envcS2 skipwhite
hi def link envcT2_6 envcOperator
syn match envcT3_6 /\v[~]/ contained nextgroup=@envcS3 skipwhite
hi def link envcT3_6 envcOperator
syn match envcT4_6 /\v[~]/ contained nextgroup=@envcS4 skipwhite
hi def link envcT4_6 envcOperator
syn match envcT5_6 /\v[~]/ contained nextgroup=@envcS5 skipwhite
hi def link envcT5_6 envcOperator
syn match envcA5_6 /\v%(%(^|\{)\s*)@<=[~]/ contained nextgroup=@envcS5 skipwhite
hi def link envcA5_6 envcOperator
syn match envcT6_6 /\v[~]/ contained nextgroup=@envcS6 skipwhite
hi def link envcT6_6 envcOperator
syn match envcT7_6 /\v[~]/ contained nextgroup=@envcS7 skipwhite
hi def link envcT7_6 envcOperator
syn match envcT8_6 /\v[~]/ contained nextgroup=@envcS8 skipwhite
hi def link envcT8_6 envcOperator
syn match envcT9_6 /\v[~]/ contained nextgroup=@envcS9 skipwhite
hi def link envcT9_6 envcOperator
syn match envcT10_6 /\v[~]/ contained nextgroup=@envcS10 skipwhite
hi def link envcT10_6 envcOperator
syn match envcT11_6 /\v[~]/ contained nextgroup=@envcS17 skipwhite
hi def link envcT11_6 envcOperator
syn match envcT12_6 /\v[~]/ contained nextgroup=@envcS12 skipwhite
hi def link envcT12_6 envcOperator
syn match envcA12_6 /\v%(%(^|\{)\s*)@<=[~]/ contained nextgroup=@envcS12 skipwhite
hi def link envcA12_6 envcOperator
syn match envcT13_6 /\v[~]/ contained nextgroup=@envcS13 skipwhite
hi def link envcT13_6 envcOperator
syn match envcA13_6 /\v%(%(^|\{)\s*)@<=[~]/ contained nextgroup=@envcS13 skipwhite
hi def link envcA13_6 envcOperator
syn match envcT14_6 /\v[~]/ contained nextgroup=@envcS14 skipwhite
hi def link envcT14_6 envcOperator
syn match envcA14_6 /\v%(%(^|\{)\s*)@<=[~]/ contained nextgroup=@envcS14 skipwhite
hi def link envcA14_6 envcOperator
syn match envcT15_6 /\v[~]/ contained nextgroup=@envcS15 skipwhite
hi def link envcT15_6 envcOperator
syn match envcA15_6 /\v%(%(^|\{)\s*)@<=[~]/ contained nextgroup=@envcS15 skipwhite
hi def link envcA15_6 envcOperator
syn match envcT16_6 /\v[~]/ contained nextgroup=@envcS16 skipwhite
hi def link envcT16_6 envcOperator
syn match envcT17_6 /\v[~]/ contained nextgroup=@envcS17 skipwhite
hi def link envcT17_6 envcOperator
syn match envcA17_6 /\v%(%(^|\{)\s*)@<=[~]/ contained nextgroup=@envcS17 skipwhite
hi def link envcA17_6 envcOperator
syn match envcT18_6 /\v[~]/ contained nextgroup=@envcS18 skipwhite
hi def link envcT18_6 envcOperator
syn match envcT19_6 /\v[~]/ contained nextgroup=@envcS19 skipwhite
hi def link envcT19_6 envcOperator
syn match envcA19_6 /\v%(%(^|\{)\s*)@<=[~]/ contained nextgroup=@envcS19 skipwhite
hi def link envcA19_6 envcOperator
syn match envcT20_6 /\v[~]/ contained nextgroup=@envcS20 skipwhite
hi def link envcT20_6 envcOperator
syn match envcT21_6 /\v[~]/ contained nextgroup=@envcS21 skipwhite
hi def link envcT21_6 envcOperator
syn match envcT22_6 /\v[~]/ contained nextgroup=@envcS22 skipwhite
hi def link envcT22_6 envcOperator
syn match envcT23_6 /\v[~]/ contained nextgroup=@envcS23 skipwhite
hi def link envcT23_6 envcOperator
syn match envcT24_6 /\v[~]/ contained nextgroup=@envcS24 skipwhite
hi def link envcT24_6 envcOperator
syn match envcT25_6 /\v[~]/ contained nextgroup=@envcS25 skipwhite
hi def link envcT25_6 envcOperator
syn match envcT26_6 /\v[~]/ contained nextgroup=@envcS11 skipwhite
hi def link envcT26_6 envcOperator
syn match envcT27_6 /\v[~]/ contained nextgroup=@envcS13 skipwhite
hi def link envcT27_6 envcOperator
syn match envcT28_6 /\v[~]/ contained nextgroup=@envcS28 skipwhite
hi def link envcT28_6 envcOperator
syn match envcT29_6 /\v[~]/ contained nextgroup=@envcS29 skipwhite
hi def link envcT29_6 envcOperator
syn match envcT30_6 /\v[~]/ contained nextgroup=@envcS30 skipwhite
hi def link envcT30_6 envcOperator
syn match envcT31_6 /\v[~]/ contained nextgroup=@envcS31 skipwhite
hi def link envcT31_6 envcOperator
syn match envcT32_6 /\v[~]/ contained nextgroup=@envcS32 skipwhite
hi def link envcT32_6 envcOperator
syn match envcT33_6 /\v[~]/ contained nextgroup=@envcS33 skipwhite
hi def link envcT33_6 envcOperator
syn match envcT34_6 /\v[~]/ contained nextgroup=@envcS34 skipwhite
hi def link envcT34_6 envcOperator
syn match envcA34_6 /\v%(%(^|\{)\s*)@<=[~]/ contained nextgroup=@envcS34 skipwhite
hi def link envcA34_6 envcOperator
syn match envcT0_5 /\v[+]/ contained nextgroup=@envcS0 skipwhite
hi def link envcT0_5 envcOperator
syn match envcA0_5 /\v%(%(^|\{)\s*)@<=[+]/ nextgroup=@envcS0 skipwhite
hi def link envcA0_5 envcOperator
syn match envcT1_5 /\v[+]/ contained nextgroup=@envcS1 skipwhite
hi def link envcT1_5 envcOperator
syn match envcT2_5 /\v[+]/ contained nextgroup=@envcS2 skipwhite
hi def link envcT2_5 envcOperator
syn match envcT3_5 /\v[+]/ contained nextgroup=@envcS3 skipwhite
hi def link envcT3_5 envcOperator
syn match envcT4_5 /\v[+]/ contained nextgroup=@envcS4 skipwhite
hi def link envcT4_5 envcOperator
syn match envcT5_5 /\v[+]/ contained nextgroup=@envcS5 skipwhite
hi def link envcT5_5 envcOperator
syn match envcA5_5 /\v%(%(^|\{)\s*)@<=[+]/ contained nextgroup=@envcS5 skipwhite
hi def link envcA5_5 envcOperator
syn match envcT6_5 /\v[+]/ contained nextgroup=@envcS6 skipwhite
hi def link envcT6_5 envcOperator
syn match envcT7_5 /\v[+]/ contained nextgroup=@envcS7 skipwhite
hi def link envcT7_5 envcOperator
syn match envcT8_5 /\v[+]/ contained nextgroup=@envcS8 skipwhite
hi def link envcT8_5 envcOperator
syn match envcT9_5 /\v[+]/ contained nextgroup=@envcS9 skipwhite
hi def link envcT9_5 envcOperator
syn match envcT10_5 /\v[+]/ contained nextgroup=@envcS10 skipwhite
hi def link envcT10_5 envcOperator
syn match envcT11_5 /\v[+]/ contained nextgroup=@envcS17 skipwhite
hi def link envcT11_5 envcOperator
syn match envcT12_5 /\v[+]/ contained nextgroup=@envcS12 skipwhite
hi def link envcT12_5 envcOperator
syn match envcA12_5 /\v%(%(^|\{)\s*)@<=[+]/ contained nextgroup=@envcS12 skipwhite
hi def link envcA12_5 envcOperator
syn match envcT13_5 /\v[+]/ contained nextgroup=@envcS13 skipwhite
hi def link envcT13_5 envcOperator
syn match envcA13_5 /\v%(%(^|\{)\s*)@<=[+]/ contained nextgroup=@envcS13 skipwhite
hi def link envcA13_5 envcOperator
syn match envcT14_5 /\v[+]/ contained nextgroup=@envcS14 skipwhite
hi def link envcT14_5 envcOperator
syn match envcA14_5 /\v%(%(^|\{)\s*)@<=[+]/ contained nextgroup=@envcS14 skipwhite
hi def link envcA14_5 envcOperator
syn match envcT15_5 /\v[+]/ contained nextgroup=@envcS15 skipwhite
hi def link envcT15_5 envcOperator
syn match envcA15_5 /\v%(%(^|\{)\s*)@<=[+]/ contained nextgroup=@envcS15 skipwhite
hi def link envcA15_5 envcOperator
syn match envcT16_5 /\v[+]/ contained nextgroup=@envcS16 skipwhite
hi def link envcT16_5 envcOperator
syn match envcT17_5 /\v[+]/ contained nextgroup=@envcS17 skipwhite
hi def link envcT17_5 envcOperator
syn match envcA17_5 /\v%(%(^|\{)\s*)@<=[+]/ contained nextgroup=@envcS17 skipwhite
hi def link envcA17_5 envcOperator
syn match envcT18_5 /\v[+]/ contained nextgroup=@envcS18 skipwhite
hi def link envcT18_5 envcOperator
syn match envcT19_5 /\v[+]/ contained nextgroup=@envcS19 skipwhite
hi def link envcT19_5 envcOperator
syn match envcA19_5 /\v%(%(^|\{)\s*)@<=[+]/ contained nextgroup=@envcS19 skipwhite
hi def link envcA19_5 envcOperator
syn match envcT20_5 /\v[+]/ contained nextgroup=@envcS20 skipwhite
hi def link envcT20_5 envcOperator
syn match envcT21_5 /\v[+]/ contained nextgroup=@envcS21 skipwhite
hi def link envcT21_5 envcOperator
syn match envcT22_5 /\v[+]/ contained nextgroup=@envcS22 skipwhite
hi def link envcT22_5 envcOperator
syn match envcT23_5 /\v[+]/ contained nextgroup=@envcS23 skipwhite
hi def link envcT23_5 envcOperator
syn match envcT24_5 /\v[+]/ contained nextgroup=@envcS24 skipwhite
hi def link envcT24_5 envcOperator
syn match envcT25_5 /\v[+]/ contained nextgroup=@envcS25 skipwhite
hi def link envcT25_5 envcOperator
syn match envcT26_5 /\v[+]/ contained nextgroup=@envcS11 skipwhite
hi def link envcT26_5 envcOperator
syn match envcT27_5 /\v[+]/ contained nextgroup=@envcS13 skipwhite
hi def link envcT27_5 envcOperator
syn match envcT28_5 /\v[+]/ contained nextgroup=@envcS28 skipwhite
hi def link envcT28_5 envcOperator
syn match envcT29_5 /\v[+]/ contained nextgroup=@envcS29 skipwhite
hi def link envcT29_5 envcOperator
syn match envcT30_5 /\v[+]/ contained nextgroup=@envcS30 skipwhite
hi def link envcT30_5 envcOperator
syn match envcT31_5 /\v[+]/ contained nextgroup=@envcS31 skipwhite
hi def link envcT31_5 envcOperator
syn match envcT32_5 /\v[+]/ contained nextgroup=@envcS32 skipwhite
hi def link envcT32_5 envcOperator
syn match envcT33_5 /\v[+]/ contained nextgroup=@envcS33 skipwhite
hi def link envcT33_5 envcOperator
syn match envcT34_5 /\v[+]/ contained nextgroup=@envcS34 skipwhite
hi def link envcT34_5 envcOperator
syn match envcA34_5 /\v%(%(^|\{)\s*)@<=[+]/ contained nextgroup=@envcS34 skipwhite
hi def link envcA34_5 envcOperator
syn match envcT0_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS0 skipwhite
hi def link envcT0_12 envcName
syn match envcA0_12 /\v%(%(^|\{)\s*)@<=[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ nextgroup=@envcS0 skipwhite
hi def link envcA0_12 envcName
syn match envcT0_13 /\v%(app|package|targets)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS1 skipwhite
hi def link envcT0_13 envcKeyword
syn match envcA0_13 /\v%(%(^|\{)\s*)@<=%(app|package|targets)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ nextgroup=@envcS1 skipwhite
hi def link envcA0_13 envcKeyword
syn match envcT0_14 /\v%(campaign)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS2 skipwhite
hi def link envcT0_14 envcKeyword
syn match envcA0_14 /\v%(%(^|\{)\s*)@<=%(campaign)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ nextgroup=@envcS2 skipwhite
hi def link envcA0_14 envcKeyword
syn match envcT0_15 /\v%(envc)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS0 skipwhite
hi def link envcT0_15 envcKeyword
syn match envcA0_15 /\v%(%(^|\{)\s*)@<=%(envc)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ nextgroup=@envcS0 skipwhite
hi def link envcA0_15 envcKeyword
syn match envcT0_16 /\v%(expect)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS0 skipwhite
hi def link envcT0_16 envcModifier
syn match envcA0_16 /\v%(%(^|\{)\s*)@<=%(expect)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ nextgroup=@envcS0 skipwhite
hi def link envcA0_16 envcModifier
syn match envcT0_17 /\v%(from)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS4 skipwhite
hi def link envcT0_17 envcModifier
syn match envcA0_17 /\v%(%(^|\{)\s*)@<=%(from)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ nextgroup=@envcS4 skipwhite
hi def link envcA0_17 envcModifier
syn match envcT0_18 /\v%(on)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS6 skipwhite
hi def link envcT0_18 envcModifier
syn match envcA0_18 /\v%(%(^|\{)\s*)@<=%(on)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ nextgroup=@envcS6 skipwhite
hi def link envcA0_18 envcModifier
syn match envcT0_19 /\v%(site)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS7 skipwhite
hi def link envcT0_19 envcKeyword
syn match envcA0_19 /\v%(%(^|\{)\s*)@<=%(site)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ nextgroup=@envcS7 skipwhite
hi def link envcA0_19 envcKeyword
syn match envcT0_20 /\v%(toolchain)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS9 skipwhite
hi def link envcT0_20 envcKeyword
syn match envcA0_20 /\v%(%(^|\{)\s*)@<=%(toolchain)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ nextgroup=@envcS9 skipwhite
hi def link envcA0_20 envcKeyword
syn match envcT0_21 /\v%(use)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS3 skipwhite
hi def link envcT0_21 envcKeyword
syn match envcA0_21 /\v%(%(^|\{)\s*)@<=%(use)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ nextgroup=@envcS3 skipwhite
hi def link envcA0_21 envcKeyword
syn match envcT0_22 /\v%(when)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS10 skipwhite
hi def link envcT0_22 envcModifier
syn match envcA0_22 /\v%(%(^|\{)\s*)@<=%(when)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ nextgroup=@envcS10 skipwhite
hi def link envcA0_22 envcModifier
syn match envcT1_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS0 skipwhite
hi def link envcT1_12 envcDefinition
syn match envcT2_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS1 skipwhite
hi def link envcT2_12 envcDefinition
syn match envcT3_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS0 skipwhite
hi def link envcT3_12 envcName
syn match envcT4_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS8 skipwhite
hi def link envcT4_12 envcName
syn match envcT5_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS5 skipwhite
hi def link envcT5_12 envcName
syn match envcA5_12 /\v%(%(^|\{)\s*)@<=[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS5 skipwhite
hi def link envcA5_12 envcName
syn match envcT5_13 /\v%(and|is|or)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS10 skipwhite
hi def link envcT5_13 envcModifier
syn match envcA5_13 /\v%(%(^|\{)\s*)@<=%(and|is|or)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS10 skipwhite
hi def link envcA5_13 envcModifier
syn match envcT5_14 /\v%(base|build|cite|doi|homepage|keywords|license|maintainer|prefer|reproducibility|summary)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS16 skipwhite
hi def link envcT5_14 envcKeyword
syn match envcA5_14 /\v%(%(^|\{)\s*)@<=%(base|build|cite|doi|homepage|keywords|license|maintainer|prefer|reproducibility|summary)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS16 skipwhite
hi def link envcA5_14 envcKeyword
syn match envcT5_15 /\v%(conflict|patch)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS0 skipwhite
hi def link envcT5_15 envcKeyword
syn match envcA5_15 /\v%(%(^|\{)\s*)@<=%(conflict|patch)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS0 skipwhite
hi def link envcA5_15 envcKeyword
syn match envcT5_16 /\v%(default)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS17 skipwhite
hi def link envcT5_16 envcModifier
syn match envcA5_16 /\v%(%(^|\{)\s*)@<=%(default)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS17 skipwhite
hi def link envcA5_16 envcModifier
syn match envcT5_17 /\v%(emit|matrix|targets)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS3 skipwhite
hi def link envcT5_17 envcKeyword
syn match envcA5_17 /\v%(%(^|\{)\s*)@<=%(emit|matrix|targets)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS3 skipwhite
hi def link envcA5_17 envcKeyword
syn match envcT5_18 /\v%(env|flags)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS9 skipwhite
hi def link envcT5_18 envcKeyword
syn match envcA5_18 /\v%(%(^|\{)\s*)@<=%(env|flags)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS9 skipwhite
hi def link envcA5_18 envcKeyword
syn match envcT5_19 /\v%(from)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS3 skipwhite
hi def link envcT5_19 envcModifier
syn match envcA5_19 /\v%(%(^|\{)\s*)@<=%(from)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS3 skipwhite
hi def link envcA5_19 envcModifier
syn match envcT5_20 /\v%(needs|provider)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS17 skipwhite
hi def link envcT5_20 envcKeyword
syn match envcA5_20 /\v%(%(^|\{)\s*)@<=%(needs|provider)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS17 skipwhite
hi def link envcA5_20 envcKeyword
syn match envcT5_21 /\v%(on)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS20 skipwhite
hi def link envcT5_21 envcModifier
syn match envcA5_21 /\v%(%(^|\{)\s*)@<=%(on)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS20 skipwhite
hi def link envcA5_21 envcModifier
syn match envcT5_22 /\v%(run)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS21 skipwhite
hi def link envcT5_22 envcKeyword
syn match envcA5_22 /\v%(%(^|\{)\s*)@<=%(run)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS21 skipwhite
hi def link envcA5_22 envcKeyword
syn match envcT5_23 /\v%(source)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS22 skipwhite
hi def link envcT5_23 envcKeyword
syn match envcA5_23 /\v%(%(^|\{)\s*)@<=%(source)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS22 skipwhite
hi def link envcA5_23 envcKeyword
syn match envcT5_24 /\v%(test|version)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS1 skipwhite
hi def link envcT5_24 envcKeyword
syn match envcA5_24 /\v%(%(^|\{)\s*)@<=%(test|version)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS1 skipwhite
hi def link envcA5_24 envcKeyword
syn match envcT5_25 /\v%(using)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS4 skipwhite
hi def link envcT5_25 envcKeyword
syn match envcA5_25 /\v%(%(^|\{)\s*)@<=%(using)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS4 skipwhite
hi def link envcA5_25 envcKeyword
syn match envcT5_26 /\v%(variant)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS23 skipwhite
hi def link envcT5_26 envcKeyword
syn match envcA5_26 /\v%(%(^|\{)\s*)@<=%(variant)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS23 skipwhite
hi def link envcA5_26 envcKeyword
syn match envcT6_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS24 skipwhite
hi def link envcT6_12 envcName
syn match envcT6_13 /\v%(family|has|vendor)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS18 skipwhite
hi def link envcT6_13 envcModifier
syn match envcT6_14 /\v%(not)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS6 skipwhite
hi def link envcT6_14 envcModifier
syn match envcT7_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS2 skipwhite
hi def link envcT7_12 envcDefinition
syn match envcT8_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS2 skipwhite
hi def link envcT8_12 envcKey
syn match envcT8_13 /\v%(on)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS6 skipwhite
hi def link envcT8_13 envcModifier
syn match envcT8_14 /\v%(when)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS10 skipwhite
hi def link envcT8_14 envcModifier
syn match envcT9_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS7 skipwhite
hi def link envcT9_12 envcDefinition
syn match envcT10_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS5 skipwhite
hi def link envcT10_12 envcName
syn match envcT10_13 /\v%(not)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS10 skipwhite
hi def link envcT10_13 envcModifier
syn match envcT11_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS26 skipwhite
hi def link envcT11_12 envcName
syn match envcT12_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS16 skipwhite
hi def link envcT12_12 envcKey
syn match envcA12_12 /\v%(%(^|\{)\s*)@<=[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS16 skipwhite
hi def link envcA12_12 envcKey
syn match envcT12_13 /\v%(emit)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS3 skipwhite
hi def link envcT12_13 envcKeyword
syn match envcA12_13 /\v%(%(^|\{)\s*)@<=%(emit)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS3 skipwhite
hi def link envcA12_13 envcKeyword
syn match envcT12_14 /\v%(include)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS11 skipwhite
hi def link envcT12_14 envcKeyword
syn match envcA12_14 /\v%(%(^|\{)\s*)@<=%(include)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS11 skipwhite
hi def link envcA12_14 envcKeyword
syn match envcT12_15 /\v%(skip)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS8 skipwhite
hi def link envcT12_15 envcKeyword
syn match envcA12_15 /\v%(%(^|\{)\s*)@<=%(skip)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS8 skipwhite
hi def link envcA12_15 envcKeyword
syn match envcT13_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS27 skipwhite
hi def link envcT13_12 envcName
syn match envcA13_12 /\v%(%(^|\{)\s*)@<=[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS27 skipwhite
hi def link envcA13_12 envcName
syn match envcT14_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS16 skipwhite
hi def link envcT14_12 envcKey
syn match envcA14_12 /\v%(%(^|\{)\s*)@<=[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS16 skipwhite
hi def link envcA14_12 envcKey
syn match envcT14_13 /\v%(host)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS17 skipwhite
hi def link envcT14_13 envcKeyword
syn match envcA14_13 /\v%(%(^|\{)\s*)@<=%(host)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS17 skipwhite
hi def link envcA14_13 envcKeyword
syn match envcT14_14 /\v%(partition)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS21 skipwhite
hi def link envcT14_14 envcKeyword
syn match envcA14_14 /\v%(%(^|\{)\s*)@<=%(partition)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS21 skipwhite
hi def link envcA14_14 envcKeyword
syn match envcT14_15 /\v%(scheduler)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS28 skipwhite
hi def link envcT14_15 envcKeyword
syn match envcA14_15 /\v%(%(^|\{)\s*)@<=%(scheduler)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS28 skipwhite
hi def link envcA14_15 envcKeyword
syn match envcT15_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS16 skipwhite
hi def link envcT15_12 envcKey
syn match envcA15_12 /\v%(%(^|\{)\s*)@<=[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS16 skipwhite
hi def link envcA15_12 envcKey
syn match envcT15_13 /\v%(skip)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS8 skipwhite
hi def link envcT15_13 envcKeyword
syn match envcA15_13 /\v%(%(^|\{)\s*)@<=%(skip)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS8 skipwhite
hi def link envcA15_13 envcKeyword
syn match envcT16_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS29 skipwhite
hi def link envcT16_12 envcName
syn match envcT17_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS11 skipwhite
hi def link envcT17_12 envcName
syn match envcA17_12 /\v%(%(^|\{)\s*)@<=[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS11 skipwhite
hi def link envcA17_12 envcName
syn match envcT18_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS24 skipwhite
hi def link envcT18_12 envcName
syn match envcT19_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS16 skipwhite
hi def link envcT19_12 envcKey
syn match envcA19_12 /\v%(%(^|\{)\s*)@<=[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS16 skipwhite
hi def link envcA19_12 envcKey
syn match envcT20_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS31 skipwhite
hi def link envcT20_12 envcName
syn match envcT20_13 /\v%(family|has|vendor)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS30 skipwhite
hi def link envcT20_13 envcModifier
syn match envcT20_14 /\v%(not)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS20 skipwhite
hi def link envcT20_14 envcModifier
syn match envcT21_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS9 skipwhite
hi def link envcT21_12 envcDefinition
syn match envcT22_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS32 skipwhite
hi def link envcT22_12 envcName
syn match envcT23_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS5 skipwhite
hi def link envcT23_12 envcDefinition
syn match envcT24_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS24 skipwhite
hi def link envcT24_12 envcName
syn match envcT24_13 /\v%(and)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS6 skipwhite
hi def link envcT24_13 envcModifier
syn match envcT24_14 /\v%(default)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS17 skipwhite
hi def link envcT24_14 envcModifier
syn match envcT24_15 /\v%(when)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS10 skipwhite
hi def link envcT24_15 envcModifier
syn match envcT25_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS7 skipwhite
hi def link envcT25_12 envcKey
syn match envcT26_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS1 skipwhite
hi def link envcT26_12 envcName
syn match envcT26_13 /\v%(on)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS6 skipwhite
hi def link envcT26_13 envcModifier
syn match envcT26_14 /\v%(when)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS10 skipwhite
hi def link envcT26_14 envcModifier
syn match envcT27_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS2 skipwhite
hi def link envcT27_12 envcName
syn match envcT27_13 /\v%(for)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS3 skipwhite
hi def link envcT27_13 envcModifier
syn match envcT27_14 /\v%(from)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS4 skipwhite
hi def link envcT27_14 envcModifier
syn match envcT27_15 /\v%(on)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS6 skipwhite
hi def link envcT27_15 envcModifier
syn match envcT27_16 /\v%(when)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS10 skipwhite
hi def link envcT27_16 envcModifier
syn match envcT28_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS9 skipwhite
hi def link envcT28_12 envcName
syn match envcT29_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS29 skipwhite
hi def link envcT29_12 envcName
syn match envcT29_13 /\v%(on)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS6 skipwhite
hi def link envcT29_13 envcModifier
syn match envcT29_14 /\v%(when)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS10 skipwhite
hi def link envcT29_14 envcModifier
syn match envcT30_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS31 skipwhite
hi def link envcT30_12 envcName
syn match envcT31_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS31 skipwhite
hi def link envcT31_12 envcName
syn match envcT31_13 /\v%(and)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS20 skipwhite
hi def link envcT31_13 envcModifier
syn match envcT32_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS25 skipwhite
hi def link envcT32_12 envcName
syn match envcT33_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS24 skipwhite
hi def link envcT33_12 envcName
syn match envcT33_13 /\v%(and)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS6 skipwhite
hi def link envcT33_13 envcModifier
syn match envcT33_14 /\v%(when)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS10 skipwhite
hi def link envcT33_14 envcModifier
syn match envcT34_12 /\v[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS9 skipwhite
hi def link envcT34_12 envcKey
syn match envcA34_12 /\v%(%(^|\{)\s*)@<=[A-Za-z_][0-9A-Za-z_]*%([-.\/][0-9A-Za-z_]+|\+\+[0-9A-Za-z_]*)*/ contained nextgroup=@envcS9 skipwhite
hi def link envcA34_12 envcKey
syn match envcT0_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU0 skipwhite
hi def link envcT0_0 envcNumber
syn match envcA0_0 /\v%(%(^|\{)\s*)@<=[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ nextgroup=@envcU0 skipwhite
hi def link envcA0_0 envcNumber
syn match envcT1_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU5 skipwhite
hi def link envcT1_0 envcNumber
syn match envcT2_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU8 skipwhite
hi def link envcT2_0 envcNumber
syn match envcT3_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU3 skipwhite
hi def link envcT3_0 envcNumber
syn match envcT4_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU4 skipwhite
hi def link envcT4_0 envcNumber
syn match envcT5_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU5 skipwhite
hi def link envcT5_0 envcNumber
syn match envcA5_0 /\v%(%(^|\{)\s*)@<=[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU5 skipwhite
hi def link envcA5_0 envcNumber
syn match envcT6_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU6 skipwhite
hi def link envcT6_0 envcNumber
syn match envcT7_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU25 skipwhite
hi def link envcT7_0 envcNumber
syn match envcT8_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU8 skipwhite
hi def link envcT8_0 envcNumber
syn match envcT9_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU0 skipwhite
hi def link envcT9_0 envcNumber
syn match envcT10_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU5 skipwhite
hi def link envcT10_0 envcNumber
syn match envcT11_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU26 skipwhite
hi def link envcT11_0 envcNumber
syn match envcT12_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU12 skipwhite
hi def link envcT12_0 envcNumber
syn match envcA12_0 /\v%(%(^|\{)\s*)@<=[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU12 skipwhite
hi def link envcA12_0 envcNumber
syn match envcT13_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU27 skipwhite
hi def link envcT13_0 envcNumber
syn match envcA13_0 /\v%(%(^|\{)\s*)@<=[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU27 skipwhite
hi def link envcA13_0 envcNumber
syn match envcT14_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU14 skipwhite
hi def link envcT14_0 envcNumber
syn match envcA14_0 /\v%(%(^|\{)\s*)@<=[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU14 skipwhite
hi def link envcA14_0 envcNumber
syn match envcT15_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU15 skipwhite
hi def link envcT15_0 envcNumber
syn match envcA15_0 /\v%(%(^|\{)\s*)@<=[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU15 skipwhite
hi def link envcA15_0 envcNumber
syn match envcT16_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU29 skipwhite
hi def link envcT16_0 envcNumber
syn match envcT17_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU11 skipwhite
hi def link envcT17_0 envcNumber
syn match envcA17_0 /\v%(%(^|\{)\s*)@<=[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU11 skipwhite
hi def link envcA17_0 envcNumber
syn match envcT18_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU24 skipwhite
hi def link envcT18_0 envcNumber
syn match envcT19_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU19 skipwhite
hi def link envcT19_0 envcNumber
syn match envcA19_0 /\v%(%(^|\{)\s*)@<=[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU19 skipwhite
hi def link envcA19_0 envcNumber
syn match envcT20_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU20 skipwhite
hi def link envcT20_0 envcNumber
syn match envcT21_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU21 skipwhite
hi def link envcT21_0 envcNumber
syn match envcT22_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU22 skipwhite
hi def link envcT22_0 envcNumber
syn match envcT23_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU23 skipwhite
hi def link envcT23_0 envcNumber
syn match envcT24_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU24 skipwhite
hi def link envcT24_0 envcNumber
syn match envcT25_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU25 skipwhite
hi def link envcT25_0 envcNumber
syn match envcT26_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU26 skipwhite
hi def link envcT26_0 envcNumber
syn match envcT27_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU27 skipwhite
hi def link envcT27_0 envcNumber
syn match envcT28_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU28 skipwhite
hi def link envcT28_0 envcNumber
syn match envcT29_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU29 skipwhite
hi def link envcT29_0 envcNumber
syn match envcT30_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU30 skipwhite
hi def link envcT30_0 envcNumber
syn match envcT31_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU31 skipwhite
hi def link envcT31_0 envcNumber
syn match envcT32_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU32 skipwhite
hi def link envcT32_0 envcNumber
syn match envcT33_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU33 skipwhite
hi def link envcT33_0 envcNumber
syn match envcT34_0 /\v[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU34 skipwhite
hi def link envcT34_0 envcNumber
syn match envcA34_0 /\v%(%(^|\{)\s*)@<=[0-9][0-9A-Za-z_]*%([.-][0-9A-Za-z_]+)*/ contained nextgroup=@envcU34 skipwhite
hi def link envcA34_0 envcNumber
syn match envcT0_4 /\v\.\./ contained nextgroup=@envcS0 skipwhite
hi def link envcT0_4 envcOperator
syn match envcA0_4 /\v%(%(^|\{)\s*)@<=\.\./ nextgroup=@envcS0 skipwhite
hi def link envcA0_4 envcOperator
syn match envcT1_4 /\v\.\./ contained nextgroup=@envcS1 skipwhite
hi def link envcT1_4 envcOperator
syn match envcT2_4 /\v\.\./ contained nextgroup=@envcS2 skipwhite
hi def link envcT2_4 envcOperator
syn match envcT3_4 /\v\.\./ contained nextgroup=@envcS3 skipwhite
hi def link envcT3_4 envcOperator
syn match envcT4_4 /\v\.\./ contained nextgroup=@envcS4 skipwhite
hi def link envcT4_4 envcOperator
syn match envcT5_4 /\v\.\./ contained nextgroup=@envcS5 skipwhite
hi def link envcT5_4 envcOperator
syn match envcA5_4 /\v%(%(^|\{)\s*)@<=\.\./ contained nextgroup=@envcS5 skipwhite
hi def link envcA5_4 envcOperator
syn match envcT6_4 /\v\.\./ contained nextgroup=@envcS18 skipwhite
hi def link envcT6_4 envcOperator
syn match envcT7_4 /\v\.\./ contained nextgroup=@envcS7 skipwhite
hi def link envcT7_4 envcOperator
syn match envcT8_4 /\v\.\./ contained nextgroup=@envcS8 skipwhite
hi def link envcT8_4 envcOperator
syn match envcT9_4 /\v\.\./ contained nextgroup=@envcS9 skipwhite
hi def link envcT9_4 envcOperator
syn match envcT10_4 /\v\.\./ contained nextgroup=@envcS10 skipwhite
hi def link envcT10_4 envcOperator
syn match envcT11_4 /\v\.\./ contained nextgroup=@envcS11 skipwhite
hi def link envcT11_4 envcOperator
syn match envcT12_4 /\v\.\./ contained nextgroup=@envcS12 skipwhite
hi def link envcT12_4 envcOperator
syn match envcA12_4 /\v%(%(^|\{)\s*)@<=\.\./ contained nextgroup=@envcS12 skipwhite
hi def link envcA12_4 envcOperator
syn match envcT13_4 /\v\.\./ contained nextgroup=@envcS13 skipwhite
hi def link envcT13_4 envcOperator
syn match envcA13_4 /\v%(%(^|\{)\s*)@<=\.\./ contained nextgroup=@envcS13 skipwhite
hi def link envcA13_4 envcOperator
syn match envcT14_4 /\v\.\./ contained nextgroup=@envcS14 skipwhite
hi def link envcT14_4 envcOperator
syn match envcA14_4 /\v%(%(^|\{)\s*)@<=\.\./ contained nextgroup=@envcS14 skipwhite
hi def link envcA14_4 envcOperator
syn match envcT15_4 /\v\.\./ contained nextgroup=@envcS15 skipwhite
hi def link envcT15_4 envcOperator
syn match envcA15_4 /\v%(%(^|\{)\s*)@<=\.\./ contained nextgroup=@envcS15 skipwhite
hi def link envcA15_4 envcOperator
syn match envcT16_4 /\v\.\./ contained nextgroup=@envcS29 skipwhite
hi def link envcT16_4 envcOperator
syn match envcT17_4 /\v\.\./ contained nextgroup=@envcS17 skipwhite
hi def link envcT17_4 envcOperator
syn match envcA17_4 /\v%(%(^|\{)\s*)@<=\.\./ contained nextgroup=@envcS17 skipwhite
hi def link envcA17_4 envcOperator
syn match envcT18_4 /\v\.\./ contained nextgroup=@envcS18 skipwhite
hi def link envcT18_4 envcOperator
syn match envcT19_4 /\v\.\./ contained nextgroup=@envcS19 skipwhite
hi def link envcT19_4 envcOperator
syn match envcA19_4 /\v%(%(^|\{)\s*)@<=\.\./ contained nextgroup=@envcS19 skipwhite
hi def link envcA19_4 envcOperator
syn match envcT20_4 /\v\.\./ contained nextgroup=@envcS30 skipwhite
hi def link envcT20_4 envcOperator
syn match envcT21_4 /\v\.\./ contained nextgroup=@envcS21 skipwhite
hi def link envcT21_4 envcOperator
syn match envcT22_4 /\v\.\./ contained nextgroup=@envcS22 skipwhite
hi def link envcT22_4 envcOperator
syn match envcT23_4 /\v\.\./ contained nextgroup=@envcS23 skipwhite
hi def link envcT23_4 envcOperator
syn match envcT24_4 /\v\.\./ contained nextgroup=@envcS33 skipwhite
hi def link envcT24_4 envcOperator
syn match envcT25_4 /\v\.\./ contained nextgroup=@envcS25 skipwhite
hi def link envcT25_4 envcOperator
syn match envcT26_4 /\v\.\./ contained nextgroup=@envcS26 skipwhite
hi def link envcT26_4 envcOperator
syn match envcT27_4 /\v\.\./ contained nextgroup=@envcS27 skipwhite
hi def link envcT27_4 envcOperator
syn match envcT28_4 /\v\.\./ contained nextgroup=@envcS28 skipwhite
hi def link envcT28_4 envcOperator
syn match envcT29_4 /\v\.\./ contained nextgroup=@envcS29 skipwhite
hi def link envcT29_4 envcOperator
syn match envcT30_4 /\v\.\./ contained nextgroup=@envcS30 skipwhite
hi def link envcT30_4 envcOperator
syn match envcT31_4 /\v\.\./ contained nextgroup=@envcS31 skipwhite
hi def link envcT31_4 envcOperator
syn match envcT32_4 /\v\.\./ contained nextgroup=@envcS32 skipwhite
hi def link envcT32_4 envcOperator
syn match envcT33_4 /\v\.\./ contained nextgroup=@envcS33 skipwhite
hi def link envcT33_4 envcOperator
syn match envcT34_4 /\v\.\./ contained nextgroup=@envcS34 skipwhite
hi def link envcT34_4 envcOperator
syn match envcA34_4 /\v%(%(^|\{)\s*)@<=\.\./ contained nextgroup=@envcS34 skipwhite
hi def link envcA34_4 envcOperator
syn match envcT0_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS0 skipwhite
hi def link envcT0_3 envcVersions
syn match envcA0_3 /\v%(%(^|\{)\s*)@<=\@[^ \t,{}"#+~()]*/ nextgroup=@envcS0 skipwhite
hi def link envcA0_3 envcVersions
syn match envcT1_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS1 skipwhite
hi def link envcT1_3 envcVersions
syn match envcT2_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS2 skipwhite
hi def link envcT2_3 envcVersions
syn match envcT3_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS3 skipwhite
hi def link envcT3_3 envcVersions
syn match envcT4_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS4 skipwhite
hi def link envcT4_3 envcVersions
syn match envcT5_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS5 skipwhite
hi def link envcT5_3 envcVersions
syn match envcA5_3 /\v%(%(^|\{)\s*)@<=\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS5 skipwhite
hi def link envcA5_3 envcVersions
syn match envcT6_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS6 skipwhite
hi def link envcT6_3 envcVersions
syn match envcT7_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS7 skipwhite
hi def link envcT7_3 envcVersions
syn match envcT8_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS8 skipwhite
hi def link envcT8_3 envcVersions
syn match envcT9_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS9 skipwhite
hi def link envcT9_3 envcVersions
syn match envcT10_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS10 skipwhite
hi def link envcT10_3 envcVersions
syn match envcT11_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS11 skipwhite
hi def link envcT11_3 envcVersions
syn match envcT12_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS12 skipwhite
hi def link envcT12_3 envcVersions
syn match envcA12_3 /\v%(%(^|\{)\s*)@<=\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS12 skipwhite
hi def link envcA12_3 envcVersions
syn match envcT13_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS13 skipwhite
hi def link envcT13_3 envcVersions
syn match envcA13_3 /\v%(%(^|\{)\s*)@<=\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS13 skipwhite
hi def link envcA13_3 envcVersions
syn match envcT14_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS14 skipwhite
hi def link envcT14_3 envcVersions
syn match envcA14_3 /\v%(%(^|\{)\s*)@<=\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS14 skipwhite
hi def link envcA14_3 envcVersions
syn match envcT15_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS15 skipwhite
hi def link envcT15_3 envcVersions
syn match envcA15_3 /\v%(%(^|\{)\s*)@<=\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS15 skipwhite
hi def link envcA15_3 envcVersions
syn match envcT16_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS29 skipwhite
hi def link envcT16_3 envcVersions
syn match envcT17_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS17 skipwhite
hi def link envcT17_3 envcVersions
syn match envcA17_3 /\v%(%(^|\{)\s*)@<=\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS17 skipwhite
hi def link envcA17_3 envcVersions
syn match envcT18_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS18 skipwhite
hi def link envcT18_3 envcVersions
syn match envcT19_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS19 skipwhite
hi def link envcT19_3 envcVersions
syn match envcA19_3 /\v%(%(^|\{)\s*)@<=\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS19 skipwhite
hi def link envcA19_3 envcVersions
syn match envcT20_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS20 skipwhite
hi def link envcT20_3 envcVersions
syn match envcT21_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS21 skipwhite
hi def link envcT21_3 envcVersions
syn match envcT22_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS22 skipwhite
hi def link envcT22_3 envcVersions
syn match envcT23_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS23 skipwhite
hi def link envcT23_3 envcVersions
syn match envcT24_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS24 skipwhite
hi def link envcT24_3 envcVersions
syn match envcT25_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS25 skipwhite
hi def link envcT25_3 envcVersions
syn match envcT26_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS26 skipwhite
hi def link envcT26_3 envcVersions
syn match envcT27_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS27 skipwhite
hi def link envcT27_3 envcVersions
syn match envcT28_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS28 skipwhite
hi def link envcT28_3 envcVersions
syn match envcT29_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS29 skipwhite
hi def link envcT29_3 envcVersions
syn match envcT30_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS30 skipwhite
hi def link envcT30_3 envcVersions
syn match envcT31_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS31 skipwhite
hi def link envcT31_3 envcVersions
syn match envcT32_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS32 skipwhite
hi def link envcT32_3 envcVersions
syn match envcT33_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS33 skipwhite
hi def link envcT33_3 envcVersions
syn match envcT34_3 /\v\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS34 skipwhite
hi def link envcT34_3 envcVersions
syn match envcA34_3 /\v%(%(^|\{)\s*)@<=\@[^ \t,{}"#+~()]*/ contained nextgroup=@envcS34 skipwhite
hi def link envcA34_3 envcVersions
syn match envcT0_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS0 skipwhite
hi def link envcT0_2 envcTagged
syn match envcA0_2 /\v%(%(^|\{)\s*)@<=[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ nextgroup=@envcS0 skipwhite
hi def link envcA0_2 envcTagged
syn match envcT1_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS1 skipwhite
hi def link envcT1_2 envcTagged
syn match envcT2_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS2 skipwhite
hi def link envcT2_2 envcTagged
syn match envcT3_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS3 skipwhite
hi def link envcT3_2 envcTagged
syn match envcT4_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS4 skipwhite
hi def link envcT4_2 envcTagged
syn match envcT5_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS5 skipwhite
hi def link envcT5_2 envcTagged
syn match envcA5_2 /\v%(%(^|\{)\s*)@<=[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS5 skipwhite
hi def link envcA5_2 envcTagged
syn match envcT6_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS6 skipwhite
hi def link envcT6_2 envcTagged
syn match envcT7_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS7 skipwhite
hi def link envcT7_2 envcTagged
syn match envcT8_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS8 skipwhite
hi def link envcT8_2 envcTagged
syn match envcT9_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS9 skipwhite
hi def link envcT9_2 envcTagged
syn match envcT10_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS10 skipwhite
hi def link envcT10_2 envcTagged
syn match envcT11_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS11 skipwhite
hi def link envcT11_2 envcTagged
syn match envcT12_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS12 skipwhite
hi def link envcT12_2 envcTagged
syn match envcA12_2 /\v%(%(^|\{)\s*)@<=[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS12 skipwhite
hi def link envcA12_2 envcTagged
syn match envcT13_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS13 skipwhite
hi def link envcT13_2 envcTagged
syn match envcA13_2 /\v%(%(^|\{)\s*)@<=[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS13 skipwhite
hi def link envcA13_2 envcTagged
syn match envcT14_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS14 skipwhite
hi def link envcT14_2 envcTagged
syn match envcA14_2 /\v%(%(^|\{)\s*)@<=[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS14 skipwhite
hi def link envcA14_2 envcTagged
syn match envcT15_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS15 skipwhite
hi def link envcT15_2 envcTagged
syn match envcA15_2 /\v%(%(^|\{)\s*)@<=[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS15 skipwhite
hi def link envcA15_2 envcTagged
syn match envcT16_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS29 skipwhite
hi def link envcT16_2 envcTagged
syn match envcT17_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS17 skipwhite
hi def link envcT17_2 envcTagged
syn match envcA17_2 /\v%(%(^|\{)\s*)@<=[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS17 skipwhite
hi def link envcA17_2 envcTagged
syn match envcT18_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS18 skipwhite
hi def link envcT18_2 envcTagged
syn match envcT19_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS19 skipwhite
hi def link envcT19_2 envcTagged
syn match envcA19_2 /\v%(%(^|\{)\s*)@<=[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS19 skipwhite
hi def link envcA19_2 envcTagged
syn match envcT20_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS20 skipwhite
hi def link envcT20_2 envcTagged
syn match envcT21_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS21 skipwhite
hi def link envcT21_2 envcTagged
syn match envcT22_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS22 skipwhite
hi def link envcT22_2 envcTagged
syn match envcT23_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS23 skipwhite
hi def link envcT23_2 envcTagged
syn match envcT24_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS24 skipwhite
hi def link envcT24_2 envcTagged
syn match envcT25_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS25 skipwhite
hi def link envcT25_2 envcTagged
syn match envcT26_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS26 skipwhite
hi def link envcT26_2 envcTagged
syn match envcT27_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS27 skipwhite
hi def link envcT27_2 envcTagged
syn match envcT28_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS28 skipwhite
hi def link envcT28_2 envcTagged
syn match envcT29_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS29 skipwhite
hi def link envcT29_2 envcTagged
syn match envcT30_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS30 skipwhite
hi def link envcT30_2 envcTagged
syn match envcT31_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS31 skipwhite
hi def link envcT31_2 envcTagged
syn match envcT32_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS32 skipwhite
hi def link envcT32_2 envcTagged
syn match envcT33_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS33 skipwhite
hi def link envcT33_2 envcTagged
syn match envcT34_2 /\v[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS0 skipwhite
hi def link envcT34_2 envcTagged
syn match envcA34_2 /\v%(%(^|\{)\s*)@<=[A-Za-z][A-Za-z0-9]*:[^ \t,{}"#]+/ contained nextgroup=@envcS0 skipwhite
hi def link envcA34_2 envcTagged
syn match envcT0_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS8 skipwhite
hi def link envcT0_1 envcString
syn match envcA0_1 /\v%(%(^|\{)\s*)@<="%([^"\\]|\\.)*"/ nextgroup=@envcS8 skipwhite
hi def link envcA0_1 envcString
syn match envcT1_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS0 skipwhite
hi def link envcT1_1 envcString
syn match envcT2_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS8 skipwhite
hi def link envcT2_1 envcString
syn match envcT3_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS3 skipwhite
hi def link envcT3_1 envcString
syn match envcT4_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS4 skipwhite
hi def link envcT4_1 envcString
syn match envcT5_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS0 skipwhite
hi def link envcT5_1 envcString
syn match envcA5_1 /\v%(%(^|\{)\s*)@<="%([^"\\]|\\.)*"/ contained nextgroup=@envcS0 skipwhite
hi def link envcA5_1 envcString
syn match envcT6_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS6 skipwhite
hi def link envcT6_1 envcString
syn match envcT7_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS25 skipwhite
hi def link envcT7_1 envcString
syn match envcT8_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS8 skipwhite
hi def link envcT8_1 envcString
syn match envcT9_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS0 skipwhite
hi def link envcT9_1 envcString
syn match envcT10_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS10 skipwhite
hi def link envcT10_1 envcString
syn match envcT11_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS0 skipwhite
hi def link envcT11_1 envcString
syn match envcT12_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS16 skipwhite
hi def link envcT12_1 envcString
syn match envcA12_1 /\v%(%(^|\{)\s*)@<="%([^"\\]|\\.)*"/ contained nextgroup=@envcS16 skipwhite
hi def link envcA12_1 envcString
syn match envcT13_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS13 skipwhite
hi def link envcT13_1 envcString
syn match envcA13_1 /\v%(%(^|\{)\s*)@<="%([^"\\]|\\.)*"/ contained nextgroup=@envcS13 skipwhite
hi def link envcA13_1 envcString
syn match envcT14_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS16 skipwhite
hi def link envcT14_1 envcString
syn match envcA14_1 /\v%(%(^|\{)\s*)@<="%([^"\\]|\\.)*"/ contained nextgroup=@envcS16 skipwhite
hi def link envcA14_1 envcString
syn match envcT15_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS16 skipwhite
hi def link envcT15_1 envcString
syn match envcA15_1 /\v%(%(^|\{)\s*)@<="%([^"\\]|\\.)*"/ contained nextgroup=@envcS16 skipwhite
hi def link envcA15_1 envcString
syn match envcT16_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS29 skipwhite
hi def link envcT16_1 envcString
syn match envcT17_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS17 skipwhite
hi def link envcT17_1 envcString
syn match envcA17_1 /\v%(%(^|\{)\s*)@<="%([^"\\]|\\.)*"/ contained nextgroup=@envcS17 skipwhite
hi def link envcA17_1 envcString
syn match envcT18_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS18 skipwhite
hi def link envcT18_1 envcString
syn match envcT19_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS16 skipwhite
hi def link envcT19_1 envcString
syn match envcA19_1 /\v%(%(^|\{)\s*)@<="%([^"\\]|\\.)*"/ contained nextgroup=@envcS16 skipwhite
hi def link envcA19_1 envcString
syn match envcT20_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS20 skipwhite
hi def link envcT20_1 envcString
syn match envcT21_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS21 skipwhite
hi def link envcT21_1 envcString
syn match envcT22_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS22 skipwhite
hi def link envcT22_1 envcString
syn match envcT23_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS23 skipwhite
hi def link envcT23_1 envcString
syn match envcT24_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS0 skipwhite
hi def link envcT24_1 envcString
syn match envcT25_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS25 skipwhite
hi def link envcT25_1 envcString
syn match envcT26_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS26 skipwhite
hi def link envcT26_1 envcString
syn match envcT27_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS27 skipwhite
hi def link envcT27_1 envcString
syn match envcT28_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS28 skipwhite
hi def link envcT28_1 envcString
syn match envcT29_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS29 skipwhite
hi def link envcT29_1 envcString
syn match envcT30_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS30 skipwhite
hi def link envcT30_1 envcString
syn match envcT31_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS31 skipwhite
hi def link envcT31_1 envcString
syn match envcT32_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS25 skipwhite
hi def link envcT32_1 envcString
syn match envcT33_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS33 skipwhite
hi def link envcT33_1 envcString
syn match envcT34_1 /\v"%([^"\\]|\\.)*"/ contained nextgroup=@envcS34 skipwhite
hi def link envcT34_1 envcString
syn match envcA34_1 /\v%(%(^|\{)\s*)@<="%([^"\\]|\\.)*"/ contained nextgroup=@envcS34 skipwhite
hi def link envcA34_1 envcString
syn match envcU0 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS0 skipwhite
syn match envcU1 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS1 skipwhite
syn match envcU2 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS2 skipwhite
syn match envcU3 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS3 skipwhite
syn match envcU4 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS4 skipwhite
syn match envcU5 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS5 skipwhite
syn match envcU6 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS6 skipwhite
syn match envcU7 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS7 skipwhite
syn match envcU8 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS8 skipwhite
syn match envcU9 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS9 skipwhite
syn match envcU10 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS10 skipwhite
syn match envcU11 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS11 skipwhite
syn match envcU12 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS12 skipwhite
syn match envcU13 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS13 skipwhite
syn match envcU14 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS14 skipwhite
syn match envcU15 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS15 skipwhite
syn match envcU16 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS16 skipwhite
syn match envcU17 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS17 skipwhite
syn match envcU18 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS18 skipwhite
syn match envcU19 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS19 skipwhite
syn match envcU20 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS20 skipwhite
syn match envcU21 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS21 skipwhite
syn match envcU22 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS22 skipwhite
syn match envcU23 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS23 skipwhite
syn match envcU24 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS24 skipwhite
syn match envcU25 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS25 skipwhite
syn match envcU26 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS26 skipwhite
syn match envcU27 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS27 skipwhite
syn match envcU28 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS28 skipwhite
syn match envcU29 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS29 skipwhite
syn match envcU30 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS30 skipwhite
syn match envcU31 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS31 skipwhite
syn match envcU32 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS32 skipwhite
syn match envcU33 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS33 skipwhite
syn match envcU34 /\v%(B|GiB|KiB|MiB|PiB|TiB|d|h|min|s)%([0-9A-Za-z_]|[-.\/][0-9A-Za-z_]|\+\+)@!/ contained nextgroup=@envcS34 skipwhite

syn match envcComment /#.*$/
syn region envcB0 matchgroup=envcPunctuation start=/{/ end=/}/ contained contains=@envcA0,envcComment,envcString,envcNumber,envcVersions,envcTagged
syn region envcB5 matchgroup=envcPunctuation start=/{/ end=/}/ contained contains=@envcA5,envcComment,envcString,envcNumber,envcVersions,envcTagged
syn region envcB12 matchgroup=envcPunctuation start=/{/ end=/}/ contained contains=@envcA12,envcComment,envcString,envcNumber,envcVersions,envcTagged
syn region envcB13 matchgroup=envcPunctuation start=/{/ end=/}/ contained contains=@envcA13,envcComment,envcString,envcNumber,envcVersions,envcTagged
syn region envcB14 matchgroup=envcPunctuation start=/{/ end=/}/ contained contains=@envcA14,envcComment,envcString,envcNumber,envcVersions,envcTagged
syn region envcB15 matchgroup=envcPunctuation start=/{/ end=/}/ contained contains=@envcA15,envcComment,envcString,envcNumber,envcVersions,envcTagged
syn region envcB17 matchgroup=envcPunctuation start=/{/ end=/}/ contained contains=@envcA17,envcComment,envcString,envcNumber,envcVersions,envcTagged
syn region envcB19 matchgroup=envcPunctuation start=/{/ end=/}/ contained contains=@envcA19,envcComment,envcString,envcNumber,envcVersions,envcTagged
syn region envcB34 matchgroup=envcPunctuation start=/{/ end=/}/ contained contains=@envcA34,envcComment,envcString,envcNumber,envcVersions,envcTagged
hi def link envcKeyword Statement
hi def link envcModifier Conditional
hi def link envcDefinition Function
hi def link envcKey Identifier
hi def link envcName Normal
hi def link envcNumber Number
hi def link envcUnit Type
hi def link envcString String
hi def link envcTagged Constant
hi def link envcVersions Special
hi def link envcOperator Operator
hi def link envcPunctuation Delimiter
hi def link envcComment Comment

let b:current_syntax = "envc"
let &cpo = s:cpo_save
unlet s:cpo_save
