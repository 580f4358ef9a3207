/** How requests are worded in English. */
import type { Rules } from "./rules.ts";

export const en: Rules = {
  common:
    "the and i you my me of to is that for on not have with please this your all about are any do it dear hello which personal from as remove delete",
  ask:
    /\bplease\b|\bkindly\b|\bhereby\b|\b(?:i|we|(?:my|our) client)(?: am|'m| are|'re)?(?: \w+ly)? ?(?:\w+ )?(?:requests?|requesting|ask|asking|demand|require|want|wish|exercise|exercising|invoke|apply)\b|\bi(?: would|'d) (?:like|appreciate|be)\b|\bwant (?:you|it|them|my)\b|\bi (?:do not|don't) want\b|\band requests? (?:access|erasure|deletion|rectification|restriction|an? (?:\w+ )?copy)\b|\b(?:exercising|invoking) my right|\bwriting (?:to you )?to (?:\w+ly )?(?:request|ask|demand|exercise|invoke|object|withdraw)\b|\b(?:can|could|would|will) (?:you|i)\b|\b(?:request|application|demand) (?:for|to|under|pursuant)\b|\byou (?:must|have to|need to)\b|\b(?:send|give|tell|provide|show|let) me\b/,
  not:
    /\bnot(?! only| any)\b|\b[a-z]{0,8}n't\b|\bdont\b|\bneither\b|\bnor\b|\bno(?= (?:erasure|deletion|access|request))\b|\bwithout (?=delet|eras)/,
  instead: /\b(?:instead of|rather than)(?: (?:an?|the))? \w+/g,
  when: /^\W*(?:and )?(?:if|while|in case|should|where|unless|provided|when|whether)\b/,
  polite: /\b(?:grateful|appreciate|glad|happy|great|nice|pleased)\b.{0,20}\bif\b/,
  aside:
    /\breserv(?:e|ing)\b.{0,20}\bright|\byou (?:can|may|have the right|are obliged|are required)\b|\byou (?:have to|must) (?:also )?(?:inform|confirm|communicate|provide|answer|justify)|\b(?:existence|notion) of .{0,20}\bright|\b(?:result in|lead to)\b|\byour rights? (?:to|of|under)\b|\bi (?:understand|know|acknowledge|am aware)\b.{0,40}\b(?:can|may|right to)\b|\bto unsubscribe\b|\bclick|\bi (?:have|had) (?:already )?(?:deleted|erased|unsubscribed)\b/,
  data:
    /\bdata\b|personal|privacy|gdpr|\babout me\b|concerning me|\bon me\b|\byou (?:hold|have|keep|store) of me\b|hold on|(?:delete|erase|remove) me\b|account|profile|mailing list|newsletter|marketing|\bconsent\b|processing|(?<!\b(?:delivery|shipping|billing|invoice) )address|\bmy (?:\w+ )?(?:delivery|shipping|billing|invoice) address|my (?:name|surname|phone|number|date of birth|birth ?day|details|records?)|my info|\bmy (?!order|delivery|shipping|payment|billing|invoice|account|login|bank)\w+ (?:details|info|information|records?)\b|\bmy right to\b|\byour (?:records|files|systems?|database)\b|\b(?:e-?mail|call|text|contact|phon)(?:ing)? (?:me|us|this number)\b|\bsending (?:me|us) (?:(?!by |via |to )\w+ ){0,3}(?:catalog\w*|brochures?|flyers?|leaflets?|newsletters?|mailings?|advert\w*|marketing|promotion\w*|offers|spam|junk|e-?mails?|letters|messages|texts|sms|post)\b/,
  everything: /\b(?:delete|erase|remove|wipe) (?:everything|it all)\W*$/,
  joints: "and|or|but|however",
  said: {
    access:
      /\b(?:what|which) (?:\w+ )?(?:data|information|info|details)\b.{0,60}\b(?:about|on|of|concerning) me\b|\bwhat (?:do )?you .{0,20}(?:know|have|hold|keep|store) .{0,20}(?:about|on) me\b|\bwhere did you (?:get|find) my (?:\w+ )?(?:name|data|details|\S*mail|address|phone|number|contact\w*|info\w*)\b/,
    erasure:
      /^\W*(?:(?:so|and|but|please|just|then|kindly) )*(?:delete|erase|remove|wipe)\b(?:.{0,100}\b(?:me|my|mine|personal)\b| (?:everything|it all)\W*$)/,
    objection:
      /\b(?:i|we) (?:(?!(?:an?|the|this|that|our|your|one|each|every|any|no) )\w+ ){0,2}object\b|\bour client (?:\w+ ){0,2}(?:object|objects (?:to|against))\b|\bi(?: am|'m) (?:\w+ )?objecting\b|^\W*(?:please )?(?:unsubscribe me\b|stop (?:(?:e-?mailing|calling|texting|contacting|spamming|phoning) (?:me|us)\b|sending (?:me|us) (?:(?!by |via |to )\w+ ){0,3}(?:catalog\w*|brochures?|flyers?|leaflets?|newsletters?|mailings?|advert\w*|marketing|promotion\w*|offers|spam|junk|e-?mails?|letters|messages|texts|sms|post)\b))|^\W*(?:please )?(?:take|remove) me (?:off|from) .{0,40}(?:\blists?\b|newsletter|marketing|mailings?)/,
    restriction: /^\W*(?:please )?(?:restrict|freeze|block) .{0,80}\b(?:data|processing)\b/,
    withdrawal:
      /\bi (?:\w+ ){0,3}(?:withdraw|revoke|retract)\b|\bi(?: am|'m) (?:\w+ ){0,2}(?:withdrawing|revoking)\b|\bi take back my consent\b|\bno longer consent\b|^\W*(?:hereby )?withdraw my consent\b/,
    rectification:
      /\bmy (?!(?:\w+ )?(?:parcel|package|order|goods|shipment|delivery was)\b)(?:(?!and my\b)\w+ ){0,7}(?:is|are|was) (?!.{0,30}\b(?:and my|to the wrong)\b).{0,40}\b(?:wrong|incorrect|outdated|out of date|misspel\w+|not (?:correct|right|up to date))\b|\b(?:address|list|refer)\w* (?:to )?me as\b(?! (?:usual|before|always)\b)|\bit should (?:be|read|say)\b|\b(?:my|our) new (?:address|phone|number|e-?mail|surname|name) is\b|\b(?:my|our) new address\b(?! for\b)\W|\bmy (?:sur|last |first )?name is now\b(?! (?:on|in|at)\b)/,
  },
  named: {
    access:
      /\baccess\b(?! to (?:the|a|your|our|this|that|some) (?:\w+ ){0,3}(?:folders?|drives?|director(?:y|ies)|shares?|sharepoint|repositor(?:y|ies)|servers?|portal|workspace|platform|data ?rooms?|rooms?|site|building|premises|calendar|channel|dashboard)\b(?! (?:\w+ )?(?:data|records?|logs?|information|entries)\b))|\bcop(?:y|ies)\b(?<!\b(?:(?:their|its) |(?:eras|delet|destroy|remov)\w* (?:\w+ ){0,3})cop(?:y|ies)).{0,80}\b(?:data|information|everything|hold|have)\b|subject access|\bwhether\b.{0,40}\bprocess/,
    rectification:
      /rectif|\bcorrect(?:ion|ed|ing)\b|(?<!\b(?:the|an?|your) )\bcorrect\b|\bamend|\b(?:change|update)\b.{0,60}\b(?:(?<!delivery |shipping )address|name|surname|phone|number|details|my records?|birth)/,
    erasure: /\beras|\bdelet|\bremov(?:e|al|ed)\b|be forgotten|\bwipe|\bpurg(?:e|ing)\b|\bdestroy/,
    restriction: /\brestrict|\blimit (?:how|the way|the use|your use|the processing)\b/,
    portability:
      /portab|machine[- ]readable|\b(?:transfer|transmit|move|port|export)\b.{0,80}\b(?:data|information)\b.{0,60}(?:\bto\b|\bas\b|\bin\b)|\bsend\b.{0,40}\bdata\b.{0,60}\bto (?:my|another|a|the) (?:new )?(?:provider|controller|service|company|supplier)\b/,
    objection:
      /\bobject(?:ion)?\b|\bunsubscribe me\b|\b(?:off|from) .{0,30}(?:mailing list|newsletter|marketing)/,
    withdrawal: /\bwithdraw|\brevok|\brevocation/,
    complaint:
      /\bcomplain(?<!\b(?:look\w* into|handl\w*|investigat\w*|resolv\w*) (?:\w+ )?complain)/,
  },
  held:
    /\b(?:data|information|everything)\b.{0,40}\byou (?:\w+ )?(?:hold|have|store|keep|process)\b/,
  stop:
    /\bstop .{0,40}(?:market|sending|emailing|calling|contacting|advert|processing|using)|\bno (?:more|further|longer) .{0,40}(?:market\w*|newsletters?|advert\w*|e-?mails?|calls?|contact\w*)|\b(?:not|n't) .{0,20}(?:market\w*|newsletters?|advert\w*|direct mail|spam)|(?:\bnot|n't) (?:call|ring|phone|text|e-?mail|contact) .{0,40}\b(?:again|any ?more|any longer|ever)\b|(?:\bnot|n't) (?:want|wish) .{0,40}(?:market|newsletter|advert|promotion|mailing)|\bdo(?: not|n't) (?:use|process) .{0,20}(?:data|information)|\bnever .{0,20}(?:market\w*|newsletters?|advert\w*|e-?mails?|calls?)/,
  keep:
    /(?:\bnot|n't) (?:want|wish|like) .{0,40}\b(?:keep|store|hold|retain)\b.{0,30}\b(?:data|information|details|records?)\b/,
  until:
    /\b(?:until|while|pending)\b.{0,80}(?:verif|check|clarif|accura|decid|resolv|review|investigat|disput|ongoing|proceeding)/,
};
